//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const TIMES: usize = 3;

network! {
    struct Net< 8 => low: repeat(3; z: relu 8) => concat(&low[..].z) => 2 >;
}

fn main() {
    Net::zeros().state();
}
