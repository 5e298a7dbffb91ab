//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 65) => embedding(4) => 1 >;
}

fn main() {
    Net::zeros().state();
}
