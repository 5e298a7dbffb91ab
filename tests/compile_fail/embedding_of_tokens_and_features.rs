//! The number of tokens follows from the input.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 65) => embedding(num_embeddings: 65, features: 16) >;
}

fn main() {
    Net::zeros().state();
}
