//! Tokens among several inputs, which a dense layer does not take.
use static_net::prelude::*;

network! {
    struct Net< (words: tokens(8, vocab: 65), speaker: 4) => &words => 16 => concat(identity | &speaker) => 1 >;
}

fn main() {
    Net::zeros().state();
}
