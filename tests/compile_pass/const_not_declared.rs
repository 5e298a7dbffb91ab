//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

#[allow(dead_code)]
const HIDDEN: usize = 32;

network! {
    struct Net< 10 => relu HIDDEN => { 2 * HIDDEN } => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().stage2.weight.shape(), (64, 32));
}
