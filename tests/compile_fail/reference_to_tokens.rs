//! A reference to tokens.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 65) => embedding(16) => gru(16) => sum(identity | &input) => 2 >;
}

fn main() {
    Net::zeros().state();
}
