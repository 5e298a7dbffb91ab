//! Another word than `in`, none, or `for` in front.
use static_net::prelude::*;

network! {
    struct Net< 8 => repeat(W of [3, 4]; relu W) => 2 >;
    struct Colon< 8 => repeat(W: [3, 4]; relu W) => 2 >;
    struct Bare< 8 => repeat(W [3, 4]; relu W) => 2 >;
    struct For< 8 => repeat(for W in [3, 4]; relu W) => 2 >;
}

fn main() {
    Net::zeros().state();
    Colon::zeros().state();
    Bare::zeros().state();
    For::zeros().state();
}
