//! A residual with more channels than went in, where only rustc knows it.
use static_net::prelude::*;

const CHANNELS: usize = 8;

network! {
    struct Net< [4, 8, 8] => residual(conv(CHANNELS, 3, padding: same)) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
