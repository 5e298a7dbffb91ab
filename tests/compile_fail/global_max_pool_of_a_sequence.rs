//! A pool over the steps of a sequence, which it would take for channels.
use static_net::prelude::*;

network! {
    struct Net< [20, 50] => lstm(8) => global_max_pool => 2 >;
}

fn main() {
    Net::zeros().state();
}
