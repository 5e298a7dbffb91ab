//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const LENGTH: usize = 8;

network! {
    struct Net< [2, LENGTH] => pad(3, after: 7, mode: reflect) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
