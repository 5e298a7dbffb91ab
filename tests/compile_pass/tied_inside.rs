//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 16) => table: embedding(16) => residual(relu 16 => 16) => tied(table) >;
}

fn main() {
    assert_eq!(Net::zeros().forward(&[15; 8]).len(), 8 * 16);
}
