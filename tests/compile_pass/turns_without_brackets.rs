//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => low: repeat(W in [3, 4]; z: relu W => 6) => concat(&low[..].z | 3) => 2 >;
    struct Bare< 8 => low: repeat(W in [3, 4]; z: relu W => 6) => concat(&low[0].z | 3) => 2 >;
}

fn main() {
    Net::zeros().state();
    Bare::zeros().state();
}
