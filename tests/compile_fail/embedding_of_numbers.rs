//! Numbers are no tokens.
use static_net::prelude::*;

network! {
    struct Net< 8 => embedding(16) => 4 >;
}

fn main() {
    Net::zeros().state();
}
