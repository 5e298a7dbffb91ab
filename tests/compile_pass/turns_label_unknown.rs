//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => low: repeat(W in [3, 4]; zeta: relu W => 6) => concat(&low[..].zeta) => 2 >;
    struct Unlike< 8 => low: repeat(W in [3, 4]; z: relu W => 6) => concat(&low[..].z | 3) => 2 >;
}

fn main() {
    Net::zeros().state();
    Unlike::zeros().state();
}
