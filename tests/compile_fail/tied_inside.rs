//! Only a stage of the network itself sees the table.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 16) => table: embedding(16) => residual(relu 16 => tied(table)) >;
}

fn main() {
    Net::zeros().state();
}
