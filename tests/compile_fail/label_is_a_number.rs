//! A number is no name.
use static_net::prelude::*;

network! {
    struct Net< 10 => 1: relu 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
