//! Only the input is tokens.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 65) => embedding(16) => embedding(4) >;
}

fn main() {
    Net::zeros().state();
}
