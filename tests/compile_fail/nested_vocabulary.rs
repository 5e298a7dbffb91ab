//! Tokens of one vocabulary are none of another.
use static_net::prelude::*;

network! {
    struct Encoder< tokens(8, vocab: 65) => embedding(4) >;
    struct Net< tokens(8, vocab: 96) => Encoder => [8, 4] => 2 >;
}

fn main() {
    Net::zeros().state();
}
