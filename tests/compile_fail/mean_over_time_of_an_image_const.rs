//! An image is no sequence, where only rustc knows its size.
use static_net::prelude::*;

const SIDE: usize = 7;

network! {
    struct Net< [3, SIDE, SIDE] => mean_over_time => 10 >;
}

fn main() {
    Net::zeros().state();
}
