//! A table of 32 features is not tied behind 16 hidden units, also where only rustc knows that.
use static_net::prelude::*;

const LENGTH: usize = 8;
const FEATURES: usize = 32;

network! {
    struct Net< tokens(LENGTH, vocab: 65) => table: embedding(FEATURES) => lstm(16) => tied(table) >;
}

fn main() {
    Net::zeros().state();
}
