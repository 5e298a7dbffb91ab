//! A product as the input.
use static_net::prelude::*;

network! {
    struct Net< 28 * 28 => 10 >;
}

fn main() {
    Net::zeros().state();
}
