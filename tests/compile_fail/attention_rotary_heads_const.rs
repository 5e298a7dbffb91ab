//! Heads that do not divide the features, of which a head should have pairs, where only rustc knows it.
use static_net::prelude::*;

const HEADS: usize = 5;

network! {
    struct Net< [16, 12] => attention(HEADS, rotary: true) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
