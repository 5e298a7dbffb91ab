//! Stages whose value nobody reads.
use static_net::prelude::*;

network! {
    struct Net< 8 => a: relu 16 => 4 => &a => 2 >;
    struct Labelled< 8 => a: relu 16 => b: tanh 4 => &a => 2 >;
}

fn main() {
    Net::zeros().state();
}
