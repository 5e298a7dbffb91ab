//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const HIDDEN: usize = 1;

network! {
    struct Net< 10 => relu 32 => 2 >;
}

fn main() {
    assert_eq!(HIDDEN * 32, Net::zeros().stage1.bias.len());
}
