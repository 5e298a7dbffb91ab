//! A const that is the number of no axis.
use static_net::prelude::*;

const AXIS: usize = 2;

network! {
    struct Net< [6, 4] => slice(0, 2, axis: AXIS) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
