//! Values of turns whose `repeat` has no label.
use static_net::prelude::*;

network! {
    struct Net< 8 => repeat(W in [3, 4]; z: relu W => 6) => concat(identity | &z) => 2 >;
}

fn main() {
    Net::zeros().state();
}
