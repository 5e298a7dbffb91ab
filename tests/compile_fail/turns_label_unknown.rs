//! A label that the stages of the turns do not have.
use static_net::prelude::*;

network! {
    struct Net< 8 => low: repeat(W in [3, 4]; zeta: relu W => 6) => concat(&low[..].zets) => 2 >;
    struct Unlike< 8 => low: repeat(W in [3, 4]; z: relu W => 6) => concat(&low[..].skip | 3) => 2 >;
}

fn main() {
    Net::zeros().state();
    Unlike::zeros().state();
}
