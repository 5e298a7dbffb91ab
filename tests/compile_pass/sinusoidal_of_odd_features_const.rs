//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const FEATURES: usize = 9;

network! {
    struct Net< [16, FEATURES] => position => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
