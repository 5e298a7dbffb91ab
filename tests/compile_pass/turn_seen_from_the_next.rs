//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => low: repeat(W in [3, 4]; z: relu W => concat(identity | &z) => 6) => 2 >;
}

fn main() {
    Net::zeros().state();
}
