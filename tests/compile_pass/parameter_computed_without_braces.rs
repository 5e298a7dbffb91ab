//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< const H: usize, const WIDTH: usize; 10 => WIDTH => 2 >;
}

fn main() {
    Net::<4, 8>::zeros().state();
}
