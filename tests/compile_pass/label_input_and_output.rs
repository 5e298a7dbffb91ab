//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => input_layer: relu 32 => output: 2 >;
}

fn main() {
    assert_eq!(Net::zeros().output.weight.shape(), (2, 32));
}
