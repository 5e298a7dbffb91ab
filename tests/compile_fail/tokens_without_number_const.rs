//! The same of a const.
use static_net::prelude::*;

const MANY: usize = 5_000_000_000;

network! {
    struct Net< tokens(8, vocab: MANY) => embedding(4) >;
}

fn main() {
    Net::zeros().state();
}
