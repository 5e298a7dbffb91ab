//! Branches that disagree, where only rustc knows it.
use static_net::prelude::*;

const KERNEL: usize = 3;

network! {
    struct Net< [4, 8, 8] => concat(conv(4, KERNEL) | conv(4, 1)) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
