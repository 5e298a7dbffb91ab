//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const HIDDEN: usize = 8;

network! {
    struct Net< 10 => relu { 2 * HIDDEN } => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().stage1.weight.shape(), (16, 10));
}
