//! A vector in front of a recurrent layer, where only rustc knows its size.
use static_net::prelude::*;

const PIXELS: usize = 784;

network! {
    struct Net< PIXELS => relu lstm(64, last: true) => 10 >;
}

fn main() {
    Net::zeros().state();
}
