//! A table that is used again has a label.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 65) => table: embedding(16) => relu 16 => tied(tabel) >;
}

fn main() {
    Net::zeros().state();
}
