//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const SOME: usize = 3;

network! {
    struct Net< tokens(8, vocab: 65) => embedding(SOME) => 4 >;
}

fn main() {
    assert_eq!(Net::zeros().forward(&[64; 8]).len(), 32);
}
