//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [2, 6] => repeat(D in [1, 1]; concat(axis: D; identity | relu) => slice(0, 6, axis: 1)) => flatten => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().state().len(), 26);
}
