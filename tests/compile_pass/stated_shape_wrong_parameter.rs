//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< const H: usize; 10 => relu H => [16] => 2 >;
    struct Mended< const H: usize; 10 => relu H => [8] => 2 >;
}

fn main() {
    assert_eq!(Net::<16>::zeros().stage2.weight.shape(), (2, 16));
    assert_eq!(Mended::<8>::zeros().stage2.weight.shape(), (2, 8));
}
