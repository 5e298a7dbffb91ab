//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const CODE: usize = 4;

network! {
    struct Net< 8 => h: 16 => mean: 4 => &h => log_variance: CODE => gaussian(&mean, &log_variance) => 8 >;
}

fn main() {
    Net::zeros().state();
}
