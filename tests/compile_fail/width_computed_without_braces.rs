//! A computed width stands in braces.
use static_net::prelude::*;

const HIDDEN: usize = 8;

network! {
    struct Net< 10 => relu 2 * HIDDEN => 2 >;
}

fn main() {
    Net::zeros().state();
}
