//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const FEATURES: usize = 12;

network! {
    struct Net< [16, FEATURES] => attention(3, rotary: true) => flatten => 10 >;
    struct OfConsts< [16, FEATURES] => attention(4) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
    assert!(!OfConsts::tensors().is_empty());
}
