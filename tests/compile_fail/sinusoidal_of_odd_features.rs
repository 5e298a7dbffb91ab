//! A sinusoidal encoding of an odd number of features.
use static_net::prelude::*;

network! {
    struct Net< [16, 9] => sinusoidal => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
