//! Tokens stay tokens where another number of them is stated.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 65) => [9] => embedding(4) => 4 >;
}

fn main() {
    Net::zeros().state();
}
