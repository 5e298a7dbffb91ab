//! A convolution says how many channels it gives.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => relu conv => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
