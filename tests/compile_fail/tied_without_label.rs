//! A table without a label cannot be used again.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 65) => embedding(16) => relu 16 => tied(table) >;
}

fn main() {
    Net::zeros().state();
}
