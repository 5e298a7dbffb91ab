//! A stated shape alone computes nothing.
use static_net::prelude::*;

network! {
    struct Net< 10 => residual([10]) => 2 >;
}

fn main() {
    Net::zeros().state();
}
