//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const FEATURES: usize = 64;
const HEADS: usize = 7;

network! {
    struct Net< [16, FEATURES] => attention(8) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
