//! A memory without positions.
use static_net::prelude::*;

network! {
    struct Net< (target: [5, 8], source: 8) => &target => attention(heads: 2, memory: &source) => 3 >;
}

fn main() {
    Net::zeros().state();
}
