//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => layer1: relu 32 => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().layer1.weight.shape(), (32, 10));
}
