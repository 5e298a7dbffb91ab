//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< (target: [5, 8], source: [6, 8], mask: [6]) => &target => attention(heads: 2, memory: &source, mask: &mask) => 3 >;
}

fn main() {
    Net::zeros().state();
}
