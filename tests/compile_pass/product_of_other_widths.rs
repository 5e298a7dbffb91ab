//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 4 => product(tanh 8 | sigmoid 8) => 2 >;
}

fn main() {
    assert!(!Net::zeros().state().is_empty());
}
