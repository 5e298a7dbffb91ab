//! Which turn is said by a range, from behind, or behind a dot.
use static_net::prelude::*;

network! {
    struct Net< 8 => low: repeat(W in [3, 4]; z: relu W => 6) => concat(&low[0..2].z | 3) => 2 >;
    struct Behind< 8 => low: repeat(W in [3, 4]; z: relu W => 6) => concat(&low[-1].z | 3) => 2 >;
    struct Dot< 8 => low: repeat(W in [3, 4]; z: relu W => 6) => concat(&low.1.z | 3) => 2 >;
}

fn main() {
    Net::zeros().state();
    Behind::zeros().state();
    Dot::zeros().state();
}
