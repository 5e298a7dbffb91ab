//! A memory of other features than the queries have, which rustc finds.
use static_net::prelude::*;

const FEATURES: usize = 3;

network! {
    struct Net< (target: [5, 8], source: [6, FEATURES]) => &target => attention(heads: 2, memory: &source) => 3 >;
}

fn main() {
    Net::zeros().state();
}
