//! Groups that do not divide the channels, where only rustc knows it.
use static_net::prelude::*;

const CHANNELS: usize = 6;

network! {
    struct Net< [CHANNELS, 8, 8] => group_norm(4) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
