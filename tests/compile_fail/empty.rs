//! Neither input nor stages.
use static_net::prelude::*;

network! {
    struct Net< >;
}

fn main() {
    Net::zeros().state();
}
