//! A dense layer as Keras names it.
use static_net::prelude::*;

network! {
    struct Net< 784 => Dense(256, activation: relu) => 10 >;
}

fn main() {
    Net::zeros().state();
}
