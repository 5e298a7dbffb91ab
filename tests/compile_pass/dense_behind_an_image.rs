//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [2, 4, 2] => flatten => relu 4 >;
}

fn main() {
    assert_eq!(Net::zeros().forward(&[1.0; 16]).len(), 4);
}
