//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< const H: usize; 10 => relu H => 2 >;
}

fn main() {
    Net::<4>::zeros().state();
}
