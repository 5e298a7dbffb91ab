//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const FEATURES: usize = 8;

network! {
    struct Net< (target: [5, 8], source: [6, FEATURES]) => &target => attention(heads: 2, memory: &source) => 3 >;
}

fn main() {
    Net::zeros().state();
}
