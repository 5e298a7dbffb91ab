//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [12, 8] => lstm(6) => product(identity | flatten => sigmoid 12 => reshape[12, 1]) => 2 >;
}

fn main() {
    assert!(!Net::zeros().state().is_empty());
}
