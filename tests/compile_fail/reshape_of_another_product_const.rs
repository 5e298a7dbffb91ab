//! Another number of values, where only rustc knows it.
use static_net::prelude::*;

const SIDE: usize = 8;

network! {
    struct Net< [1, SIDE, SIDE] => reshape[4, 12] => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
