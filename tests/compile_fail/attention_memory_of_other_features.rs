//! A memory of other features than the queries have.
use static_net::prelude::*;

network! {
    struct Net< (target: [5, 8], source: [6, 4]) => &target => attention(heads: 2, memory: &source) => 3 >;
}

fn main() {
    Net::zeros().state();
}
