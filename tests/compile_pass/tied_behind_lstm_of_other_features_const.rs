//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const LENGTH: usize = 8;
const FEATURES: usize = 32;

network! {
    struct Net< tokens(LENGTH, vocab: 65) => table: embedding(FEATURES) => lstm(16) => 32 => tied(table) >;
    struct OfConsts< tokens(LENGTH, vocab: 65) => table: embedding(FEATURES) => lstm(16) => FEATURES => tied(table) >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
    assert!(!OfConsts::tensors().is_empty());
}
