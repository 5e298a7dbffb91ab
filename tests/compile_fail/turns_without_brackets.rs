//! Which turn is not said, by the path or by the label alone.
use static_net::prelude::*;

network! {
    struct Net< 8 => low: repeat(W in [3, 4]; z: relu W => 6) => concat(&low.z | 3) => 2 >;
    struct Bare< 8 => low: repeat(W in [3, 4]; z: relu W => 6) => concat(&z | 3) => 2 >;
}

fn main() {
    Net::zeros().state();
    Bare::zeros().state();
}
