//! An embedding has a feature at least.
use static_net::prelude::*;

const NONE: usize = 0;

network! {
    struct Net< tokens(8, vocab: 65) => embedding(NONE) => 4 >;
}

fn main() {
    Net::zeros().state();
}
