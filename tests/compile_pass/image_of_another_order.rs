//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [4, 4, 1] => relu => [4, 4, 1] >;
}

fn main() {
    assert_eq!(Net::zeros().forward(&[1.0; 16]).len(), 16);
}
