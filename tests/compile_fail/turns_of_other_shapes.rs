//! A sum of values that differ from turn to turn.
use static_net::prelude::*;

network! {
    struct Net< 8 => low: repeat(W in [3, 4]; z: relu W => 6) => sum(&low[..].z) => 2 >;
}

fn main() {
    Net::zeros().state();
}
