//! A composition computes with numbers too.
use static_net::prelude::*;

network! {
    struct Net< tokens(8, vocab: 65) => residual(relu 32 => 16) => 65 >;
}

fn main() {
    Net::zeros().state();
}
