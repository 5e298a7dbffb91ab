//! Tokens that no stage reads.
use static_net::prelude::*;

network! {
    struct Net< (words: tokens(8, vocab: 65), speaker: 4) => &speaker => 1 >;
}

fn main() {
    Net::zeros().state();
}
