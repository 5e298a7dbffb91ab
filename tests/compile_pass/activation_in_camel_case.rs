//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => leaky_relu(0.2) 16 => gelu 8 => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().stage3.weight.shape(), (8, 16));
}
