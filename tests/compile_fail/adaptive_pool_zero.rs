//! A bin for each output, and an output at least.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => adaptive_avg_pool([0, 2]) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
