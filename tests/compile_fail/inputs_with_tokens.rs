//! Tokens among several inputs.
use static_net::prelude::*;

network! {
    struct Net< (text: tokens(8, vocab: 65), speaker: 4) => &speaker => 1 >;
}

fn main() {
    Net::zeros().state();
}
