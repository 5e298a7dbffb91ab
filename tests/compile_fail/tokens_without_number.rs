//! Tokens are numbered by u32.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 5_000_000_000) => embedding(4) >;
}

fn main() {
    Net::zeros().state();
}
