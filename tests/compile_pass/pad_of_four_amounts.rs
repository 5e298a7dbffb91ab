//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => pad([3, 1], after: [4, 2]) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
