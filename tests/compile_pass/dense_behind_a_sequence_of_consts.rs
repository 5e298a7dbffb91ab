//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Encoder< [8, 4] => 3 >;
    struct Net< [8, 4] => Encoder => flatten => 2 >;
    struct Stated< [8, 4] => Encoder => [8, 3] => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().forward(&[1.0; 32]).len(), 2);
    assert_eq!(Stated::zeros().forward(&[1.0; 32]).len(), 16);
}
