//! Tokens that are not the input.
use static_net::prelude::*;

network! {
    struct Net< 10 => tokens(8, vocab: 65) => 2 >;
}

fn main() {
    Net::zeros().state();
}
