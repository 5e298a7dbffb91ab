//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< const H: usize, const WIDTH: usize; 10 => relu H => WIDTH => 2 >;
}

fn main() {
    assert_eq!(Net::<16, 32>::zeros().stage2.weight.shape(), (32, 16));
}
