//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().forward(&[1.0; 10]).len(), 2);
}
