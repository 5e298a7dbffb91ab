//! A residual with more channels than went in.
use static_net::prelude::*;

network! {
    struct Net< [4, 8, 8] => residual(conv(8, 3, padding: same)) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
