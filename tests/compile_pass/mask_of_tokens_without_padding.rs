//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< (words: tokens(8, vocab: 65, padding: 64), speaker: 4) => &words => embedding(16) => mean_over_time(mask: &words) => concat(identity | &speaker) => 1 >;
}

fn main() {
    Net::zeros().state();
}
