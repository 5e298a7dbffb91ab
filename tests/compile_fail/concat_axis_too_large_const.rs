//! A sample has no such axis, as rustc knows.
use static_net::prelude::*;

const AXIS: usize = 2;

network! {
    struct Net< [2, 6] => concat(axis: AXIS; identity | relu) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
