//! A labelled stage that no later one reads.
use static_net::prelude::*;

network! {
    struct Net< 17 => a: relu 8 => &input => b: relu 8 => 1 >;
}

fn main() {
    Net::zeros().state();
}
