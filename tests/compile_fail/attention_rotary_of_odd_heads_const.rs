//! The same where only rustc knows it.
use static_net::prelude::*;

const FEATURES: usize = 12;

network! {
    struct Net< [16, FEATURES] => attention(4, rotary: true) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
