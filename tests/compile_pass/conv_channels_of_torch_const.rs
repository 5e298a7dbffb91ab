//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const SIDE: usize = 28;

network! {
    struct Net< [1, SIDE, SIDE] => conv(32, 3) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
