//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [2, 6] => concat(axis: 1; identity | relu) => flatten => 2 >;
}

fn main() {
    assert!(!Net::zeros().state().is_empty());
}
