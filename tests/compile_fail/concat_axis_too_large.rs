//! A sample has no such axis.
use static_net::prelude::*;

network! {
    struct Net< [2, 6] => concat(axis: 2; identity | relu) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
