//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< f64; 10 => relu 32 => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().forward(&[0.0_f64; 10]).len(), 2);
}
