//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< tokens(64, vocab: 65) => embedding(16) => transpose => relu conv(8, 3, padding: causal) => global_max_pool => 2 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
