//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Head< 8 => 4 >;
    struct Net< 8 => Head => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().forward(&[1.0; 8]).len(), 2);
}
