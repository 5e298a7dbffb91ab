//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [2, 8] => pad(3, after: 0, mode: reflect) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
