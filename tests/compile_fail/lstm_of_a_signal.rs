//! A convolution gives channels, which are no steps of time.
use static_net::prelude::*;

network! {
    struct Net< [40, 100] => conv(64, 5) => lstm(64) => mean_over_time => 12 >;
}

fn main() {
    Net::zeros().state();
}
