//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const HIDDEN: usize = 32;

network! {
    struct Encoder< 16 => relu 8 >;
    struct Net< 10 => code: relu 16 => Encoder => 2 >;
}

fn main() {
    assert_eq!(HIDDEN / 2, Net::zeros().code.bias.len());
}
