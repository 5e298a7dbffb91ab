//! `stage2` is what the second stage is called without a label.
use static_net::prelude::*;

network! {
    struct Net< 10 => stage2: relu 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
