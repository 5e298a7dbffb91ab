//! A layer of Keras that several make by hand.
use static_net::prelude::*;

network! {
    struct Net< [4, 8, 8] => SeparableConv2D(6, 3) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
