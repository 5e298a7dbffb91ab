//! Mean and variance of a Gaussian that have not one shape, which rustc finds.
use static_net::prelude::*;

const CODE: usize = 3;

network! {
    struct Net< 8 => h: 16 => mean: 4 => &h => log_variance: CODE => gaussian(&mean, &log_variance) => 8 >;
}

fn main() {
    Net::zeros().state();
}
