//! The stages of a residual in braces.
use static_net::prelude::*;

network! {
    struct Net< 8 => residual { relu 8 } => 2 >;
}

fn main() {
    Net::zeros().state();
}
