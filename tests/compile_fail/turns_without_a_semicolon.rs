//! A comma behind the list, or nothing.
use static_net::prelude::*;

network! {
    struct Net< 8 => repeat(W in [3, 4], relu W) => 2 >;
    struct Bare< 8 => repeat(W in [3, 4] relu W) => 2 >;
}

fn main() {
    Net::zeros().state();
    Bare::zeros().state();
}
