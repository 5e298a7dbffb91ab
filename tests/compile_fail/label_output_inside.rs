//! A label of an inner stage that the last one has.
use static_net::prelude::*;

network! {
    struct Net< 10 => output: relu 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
