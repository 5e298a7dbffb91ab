//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const FEATURES: usize = 10;

network! {
    struct Net< [16, FEATURES] => sinusoidal => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
