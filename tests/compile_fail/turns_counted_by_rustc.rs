//! Values of all turns, whose number is a const.
use static_net::prelude::*;

const TIMES: usize = 3;

network! {
    struct Net< 8 => low: repeat(TIMES; z: relu 8) => concat(&low[..].z) => 2 >;
}

fn main() {
    Net::zeros().state();
}
