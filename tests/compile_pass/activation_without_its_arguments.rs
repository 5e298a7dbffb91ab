//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => clamp(-1.0, 1.0) 32 => clamp(max: 2.0, min: -2.0) 16 => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().stage3.weight.shape(), (2, 16));
}
