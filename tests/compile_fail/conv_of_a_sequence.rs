//! The features of an embedding are what a convolution calls channels, and come first there.
use static_net::prelude::*;

network! {
    struct Net< tokens(64, vocab: 65) => embedding(16) => relu conv(8, 3, padding: causal) => global_max_pool => 2 >;
}

fn main() {
    Net::zeros().state();
}
