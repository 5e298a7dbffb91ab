//! The input of tokens has one name.
use static_net::prelude::*;

network! {
    struct Net< token(8, vocab: 65) => embedding(4) >;
}

fn main() {
    Net::zeros().state();
}
