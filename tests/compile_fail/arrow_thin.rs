//! `->` is the arrow of return types.
use static_net::prelude::*;

network! {
    struct Net< 10 -> relu 32 -> 2 >;
}

fn main() {
    Net::zeros().state();
}
