//! The number of features has to be said.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 65) => embedding => 4 >;
}

fn main() {
    Net::zeros().state();
}
