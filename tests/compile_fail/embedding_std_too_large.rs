//! The vocabulary is no argument of an embedding: a second number is the deviation that it starts with.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 65) => embedding(65, 64) => 4 >;
}

fn main() {
    Net::zeros().state();
}
