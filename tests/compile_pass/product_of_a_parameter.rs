//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< const H: usize; 4 => product(tanh H | sigmoid 6) => 2 >;
}

fn main() {
    assert!(!Net::<6>::zeros().state().is_empty());
}
