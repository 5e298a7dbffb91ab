//! The table has so many features and no other number.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 65) => table: embedding(16) => relu 32 => tied(table) >;
}

fn main() {
    Net::zeros().state();
}
