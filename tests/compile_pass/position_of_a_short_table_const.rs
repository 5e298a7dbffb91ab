//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const CONTEXT: usize = 12;

network! {
    struct Net< [16, 8] => position(length: 16) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
