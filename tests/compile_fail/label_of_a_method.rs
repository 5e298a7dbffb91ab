//! A label that is also a method of every network.
use static_net::prelude::*;

network! {
    struct Net< 10 => forward: relu 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
