//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const KERNEL: usize = 4;
const NONE: usize = 5;

network! {
    struct Net< [1, 16] => repeat(C in [2, 3]; conv(C, KERNEL)) => flatten => 2 >;
    struct Zero< 8 => repeat(W in [2, 3]; relu W => NONE) => 2 >;
}

fn main() {
    Net::zeros().state();
    Zero::zeros().state();
}
