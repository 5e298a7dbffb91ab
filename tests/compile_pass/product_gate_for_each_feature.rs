//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [12, 8] => product(identity | mean_over_time => sigmoid 8 => reshape[1, 8]) => 2 >;
}

fn main() {
    assert!(!Net::zeros().state().is_empty());
}
