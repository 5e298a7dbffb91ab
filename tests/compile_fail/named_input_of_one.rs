//! Names for the input of a network that has one.
use static_net::prelude::*;

network! {
    struct Encoder< 8 => relu 4 >;
    struct Net< 4 => h: tanh 8 => Encoder(x: &h) => relu 8 >;
}

fn main() {
    Encoder::zeros().state();
    Net::zeros().state();
}
