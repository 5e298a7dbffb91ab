//! How many tokens there are has to be said.
use static_net::prelude::*;

network! {
    struct Net< tokens(8) => embedding(4) >;
}

fn main() {
    Net::zeros().state();
}
