//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Head< 26 => 2 >;
    struct Net< [3, 8] => flatten => relu 26 => Head >;
}

fn main() {
    assert_eq!(Net::zeros().forward(&[1.0; 24]).len(), 2);
}
