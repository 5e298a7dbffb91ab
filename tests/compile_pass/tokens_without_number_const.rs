//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const FEWER: usize = 50_000;

network! {
    struct Net< tokens(8, vocab: FEWER) => embedding(4) >;
}

fn main() {
    assert_eq!(Net::zeros().forward(&[49_999; 8]).len(), 32);
}
