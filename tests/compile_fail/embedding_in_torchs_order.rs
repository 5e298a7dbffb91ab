//! What a torch embedding has in front is no argument here: it follows from the input.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 65) => embedding(65, 64) => 4 >;
}

fn main() {
    Net::zeros().state();
}
