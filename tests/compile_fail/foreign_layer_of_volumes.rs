//! A layer over volumes.
use static_net::prelude::*;

network! {
    struct Net< [4, 8, 8] => MaxPool3d(2) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
