//! Heads that do not divide the features, where only rustc knows it.
use static_net::prelude::*;

const FEATURES: usize = 64;
const HEADS: usize = 7;

network! {
    struct Net< [16, FEATURES] => attention(HEADS) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
