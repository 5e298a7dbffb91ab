//! Nothing comes out of a channel, where only rustc knows it.
use static_net::prelude::*;

const MANY: usize = 0;

network! {
    struct Net< [2, 8, 8] => depthwise(3, multiplier: MANY) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
