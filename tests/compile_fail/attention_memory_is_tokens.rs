//! A memory that is tokens, and not what an embedding makes of them.
use static_net::prelude::*;

network! {
    struct Net< (source: tokens(6, vocab: 9), target: [5, 8]) => &target => attention(heads: 2, memory: &source) => 3 >;
}

fn main() {
    Net::zeros().state();
}
