//! A mask of tokens that have no label.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 65, padding: 0) => embedding(16) => mean_over_time => 1 >;
}

fn main() {
    Net::zeros().state();
}
