//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 65) => embedded: embedding(16) => gru(16) => sum(identity | &embedded) => 2 >;
}

fn main() {
    Net::zeros().state();
}
