//! A window larger than what is left, where only rustc knows it.
use static_net::prelude::*;

const SIDE: usize = 8;

network! {
    struct Net< [1, SIDE, SIDE] => max_pool(4) => max_pool(4) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
