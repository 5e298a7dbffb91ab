//! The same where only rustc knows it.
use static_net::prelude::*;

const FEATURES: usize = 9;

network! {
    struct Net< [16, FEATURES] => sinusoidal => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
