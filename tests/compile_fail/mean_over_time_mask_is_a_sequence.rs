//! A mask with features, of which a mask has none.
use static_net::prelude::*;

network! {
    struct Net< (x: [5, 8], mask: [5, 1]) => &x => mean_over_time(mask: &mask) => 3 >;
}

fn main() {
    Net::zeros().state();
}
