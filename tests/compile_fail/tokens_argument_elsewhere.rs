//! Names of arguments elsewhere are known.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab_size: 65) => embedding(4) >;
}

fn main() {
    Net::zeros().state();
}
