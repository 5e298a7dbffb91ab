//! A mask, of which the lengths of sequences follow.
use static_net::prelude::*;

network! {
    struct Net< (x: [5, 8], mask: [5]) => &x => lstm(4, mask: &mask) => 3 >;
}

fn main() {
    Net::zeros().state();
}
