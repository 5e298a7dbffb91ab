//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< (source: tokens(6, vocab: 9), target: [5, 8]) => &source => memory: embedding(8) => &target => attention(heads: 2, memory: &memory) => 3 >;
}

fn main() {
    Net::zeros().state();
}
