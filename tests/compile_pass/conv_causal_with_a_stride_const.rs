//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const SIZE: usize = 2;

network! {
    struct Net< [2, 100] => conv(8, 3, padding: causal) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
