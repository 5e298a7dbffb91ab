//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const SIDE: usize = 7;

network! {
    struct Net< [3, SIDE, SIDE] => reshape[3, 49] => transpose => mean_over_time => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
