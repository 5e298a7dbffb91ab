//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => residual(up: relu 32 => up_layer: 10) => 2 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
