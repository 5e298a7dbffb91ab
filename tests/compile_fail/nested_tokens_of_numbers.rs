//! A network of tokens takes no numbers.
use static_net::prelude::*;

network! {
    struct Encoder< tokens(8, vocab: 65) => embedding(4) >;
    struct Net< 8 => Encoder => [8, 4] => 2 >;
}

fn main() {
    Net::zeros().state();
}
