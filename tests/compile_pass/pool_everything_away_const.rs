//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const SIDE: usize = 8;

network! {
    struct Net< [1, SIDE, SIDE] => max_pool(4) => max_pool(2) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
