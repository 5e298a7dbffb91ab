//! The same where only rustc knows the sizes.
use static_net::prelude::*;

const LENGTH: usize = 6;

network! {
    struct Net< [4, LENGTH] => concat(axis: 1; identity | conv(3, 1)) => global_avg_pool => 2 >;
}

fn main() {
    Net::zeros().state();
}
