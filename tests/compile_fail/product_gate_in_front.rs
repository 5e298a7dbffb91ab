//! The first branch gives the shape of the whole.
use static_net::prelude::*;

network! {
    struct Net< [4, 8, 8] => product(global_avg_pool => sigmoid 4 | identity) >;
}

fn main() {
    Net::zeros().state();
}
