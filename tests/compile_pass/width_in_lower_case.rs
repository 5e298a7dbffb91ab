//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const fn width() -> usize { 32 }
#[allow(non_upper_case_globals)]
const hidden: usize = 32;

network! {
    struct Net< 10 => relu { hidden } => { width() } => 2 >;
    struct Mended< 10 => relu { hidden } => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().stage2.weight.shape(), (32, 32));
}
