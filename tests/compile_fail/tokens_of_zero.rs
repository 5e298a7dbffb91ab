//! A vocabulary holds a token at least.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 0) => embedding(4) >;
}

fn main() {
    Net::zeros().state();
}
