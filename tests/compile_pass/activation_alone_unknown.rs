//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => 32 => softmax >;
}

fn main() {
    assert!((Net::zeros().forward(&[1.0; 10]).sum() - 1.0).abs() < 1e-6);
}
