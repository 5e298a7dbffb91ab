//! A dense layer without bias whose width is a const, in front of a network that takes another.
use static_net::network;

const WIDTH: usize = 24;

network! {
    struct Encoder< 16 => 4 >;
    struct Vector< 10 => relu dense(WIDTH, bias: false) => Encoder >;
}

fn main() {}
