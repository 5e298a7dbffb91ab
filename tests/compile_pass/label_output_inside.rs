//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => output_layer: relu 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
