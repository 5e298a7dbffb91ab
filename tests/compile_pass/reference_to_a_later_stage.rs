//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => up: relu 16 => concat(identity | &up) => relu 8 => 2 >;
}

fn main() {
    Net::zeros().state();
}
