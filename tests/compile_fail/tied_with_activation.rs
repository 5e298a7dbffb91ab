//! An activation behind it is a stage of its own.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 65) => table: embedding(16) => softmax tied(table) >;
}

fn main() {
    Net::zeros().state();
}
