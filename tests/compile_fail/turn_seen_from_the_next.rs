//! A turn that refers to the value of another.
use static_net::prelude::*;

network! {
    struct Net< 8 => low: repeat(W in [3, 4]; z: relu W => concat(identity | &low[0].z) => 6) => 2 >;
}

fn main() {
    Net::zeros().state();
}
