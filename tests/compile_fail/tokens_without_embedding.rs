//! Tokens are no numbers: an embedding comes first.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 65) => relu 32 => 65 >;
}

fn main() {
    Net::zeros().state();
}
