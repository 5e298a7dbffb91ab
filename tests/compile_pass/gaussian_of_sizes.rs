//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => mean: 4 => gaussian(&mean, &mean) => 8 >;
}

fn main() {
    Net::zeros().state();
}
