//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [3, 8, 4] => permute[0, 2, 1] => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
