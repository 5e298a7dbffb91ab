//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const SIDE: usize = 8;

network! {
    struct Net< [1, SIDE, SIDE] => reshape[4, 16] => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
