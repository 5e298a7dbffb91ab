//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const LENGTH: usize = 6;

network! {
    struct Net< [4, LENGTH] => concat(axis: 1; identity | conv(4, 1)) => global_avg_pool => 2 >;
}

fn main() {
    assert!(!Net::zeros().state().is_empty());
}
