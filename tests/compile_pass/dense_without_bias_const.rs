//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const WIDTH: usize = 16;

network! {
    struct Encoder< 16 => 4 >;
    struct Vector< 10 => relu dense(16, bias: false) => Encoder >;
    struct Const< 10 => relu dense(WIDTH, bias: false) => Encoder >;
}

fn main() {
    assert_eq!(Vector::PARAMETERS, 10 * 16 + 16 * 4 + 4);
    assert_eq!(Const::PARAMETERS, Vector::PARAMETERS);
}
