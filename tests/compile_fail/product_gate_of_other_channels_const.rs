//! A gate for each channel is one for each that there is, where only rustc knows how many.
use static_net::prelude::*;

const CHANNELS: usize = 4;

network! {
    struct Net< [CHANNELS, 8, 8] => product(identity | global_avg_pool => relu 2 => sigmoid { CHANNELS + 1 }) >;
}

fn main() {
    Net::zeros().state();
}
