//! The stages of a residual without parentheses.
use static_net::prelude::*;

network! {
    struct Net< 8 => residual 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
