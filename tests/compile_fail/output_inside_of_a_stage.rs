//! An output that is a value inside of a stage.
use static_net::prelude::*;

network! {
    struct Net< 8 => low: repeat(W in [3, 4]; z: relu W => 6) => (value: 2 | &low[0].z) >;
    struct Mixed< 8 => concat(up: relu 3 | 4) => (value: 2 | &up) >;
}

fn main() {
    Net::zeros().state();
    Mixed::zeros().state();
}
