//! A residual that halves the resolution.
use static_net::prelude::*;

network! {
    struct Net< [4, 8, 8] => relu residual(conv(8, 3, stride: 2, padding: 1)) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
