//! A pool works on channels.
use static_net::prelude::*;

network! {
    struct Net< 64 => max_pool(2) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
