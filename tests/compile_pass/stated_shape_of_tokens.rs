//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 65) => [8] => embedding(4) => 4 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
