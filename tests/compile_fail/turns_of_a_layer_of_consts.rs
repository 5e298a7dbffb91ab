//! A layer of consts that fits in no turn, and a const that is no size: each is told once.
use static_net::prelude::*;

const KERNEL: usize = 40;
const NONE: usize = 0;

network! {
    struct Net< [1, 16] => repeat(C in [2, 3]; conv(C, KERNEL)) => flatten => 2 >;
    struct Zero< 8 => repeat(W in [2, 3]; relu W => NONE) => 2 >;
}

fn main() {
    Net::zeros().state();
    Zero::zeros().state();
}
