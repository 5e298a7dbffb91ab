//! A shape stated behind tokens is how many there are.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 65) => [9] => embedding(4) >;
}

fn main() {
    Net::zeros().state();
}
