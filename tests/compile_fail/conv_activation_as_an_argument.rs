//! An activation as Keras gives it.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => conv(4, 3, activation: relu) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
