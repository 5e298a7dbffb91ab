//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().forward(&[1.0; 10]).as_slice(), [0.0; 2]);
}
