//! Axes are counted from the front.
use static_net::prelude::*;

network! {
    struct Net< [2, 6] => concat(axis: -1; identity | relu) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
