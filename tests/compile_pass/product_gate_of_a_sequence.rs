//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [12, 8] => lstm(12) => product(identity | mean_over_time => sigmoid 12 => reshape[1, 12]) => 2 >;
}

fn main() {
    assert!(!Net::zeros().state().is_empty());
}
