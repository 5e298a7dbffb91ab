//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => hidden_layer: relu 32 => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().hidden_layer.weight.shape(), (32, 10));
}
