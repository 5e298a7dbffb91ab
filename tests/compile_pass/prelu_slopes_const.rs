//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const CHANNELS: usize = 8;

network! {
    struct Net< [CHANNELS, 20] => tanh prelu(8) >;
    struct Const< [CHANNELS, 20] => tanh prelu(CHANNELS) >;
}

fn main() {
    assert_eq!((Net::PARAMETERS, Const::PARAMETERS), (8, 8));
}
