//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< const WIDTH: usize; 10 => WIDTH => 2 >;
}

fn main() {
    Net::<8>::zeros().state();
}
