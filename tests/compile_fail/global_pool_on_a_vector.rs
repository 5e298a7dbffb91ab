//! A global pool works on channels.
use static_net::prelude::*;

network! {
    struct Net< 64 => global_avg_pool => 10 >;
}

fn main() {
    Net::zeros().state();
}
