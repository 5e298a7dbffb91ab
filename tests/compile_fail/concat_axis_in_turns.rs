//! In the second turn there is no such axis.
use static_net::prelude::*;

network! {
    struct Net< [2, 6] => repeat(D in [1, 2]; concat(axis: D; identity | relu) => slice(0, 6, axis: 1)) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
