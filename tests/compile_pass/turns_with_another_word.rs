//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => repeat(W in [3, 4]; relu W) => 2 >;
    struct Colon< 8 => repeat(W in [3, 4]; relu W) => 2 >;
    struct Bare< 8 => repeat(W in [3, 4]; relu W) => 2 >;
    struct For< 8 => repeat(W in [3, 4]; relu W) => 2 >;
}

fn main() {
    Net::zeros().state();
    Colon::zeros().state();
    Bare::zeros().state();
    For::zeros().state();
}
