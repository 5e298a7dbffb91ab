//! Each place has its vocabulary, or all have one.
use static_net::prelude::*;

network! {
    struct Net< tokens(3, vocab: [943, 1682]) => embedding(4) >;
}

fn main() {
    Net::zeros().state();
}
