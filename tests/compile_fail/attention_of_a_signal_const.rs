//! A convolution gives channels, which are no positions, also where only rustc knows how many.
use static_net::prelude::*;

const CHANNELS: usize = 4;

network! {
    struct Net< [CHANNELS, 100] => relu conv(8, 5, stride: 5) => attention(2) => mean_over_time => 12 >;
}

fn main() {
    Net::zeros().state();
}
