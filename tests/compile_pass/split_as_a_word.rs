//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [8] => concat(tanh slice(0, 4) | sigmoid slice(4, 8)) => 2 >;
}

fn main() {
    assert!(!Net::zeros().state().is_empty());
}
