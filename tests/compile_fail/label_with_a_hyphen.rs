//! A label that is no name.
use static_net::prelude::*;

network! {
    struct Net< 10 => fc-1: 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
