//! Tokens among several inputs, without a vocabulary.
use static_net::prelude::*;

network! {
    struct Net< (words: tokens(8), speaker: 4) => &words => embedding(16) => mean_over_time => concat(identity | &speaker) => 1 >;
}

fn main() {
    Net::zeros().state();
}
