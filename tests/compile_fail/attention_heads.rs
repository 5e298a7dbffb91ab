//! Heads that do not divide the features.
use static_net::prelude::*;

network! {
    struct Net< [16, 64] => attention(heads: 3) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
