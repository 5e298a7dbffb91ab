//! A network of numbers takes no tokens.
use static_net::prelude::*;

network! {
    struct Head< 8 => 4 >;
    struct Net< tokens(8, vocab: 65) => Head => 2 >;
}

fn main() {
    Net::zeros().state();
}
