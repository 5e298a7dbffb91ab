//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const PIXELS: usize = 784;

network! {
    struct Net< PIXELS => reshape[28, 28] => relu lstm(64, last: true) => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
