//! The same, where a size is a const.
use static_net::prelude::*;

const SIDE: usize = 28;

network! {
    struct Net< [1, SIDE, SIDE] => conv(1, 32, 3) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
