//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => low: repeat(W in [3, 4]; z: relu W => 6) => concat(&low[1].z | 3) => 2 >;
    struct Equal< 8 => low: repeat(3; z: relu 8) => concat(&low[2] | 3) => 2 >;
}

fn main() {
    Net::zeros().state();
    Equal::zeros().state();
}
