//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Encoder< 8 => relu 4 >;
    struct Net< 4 => h: tanh 8 => Encoder => relu 8 >;
}

fn main() {
    Encoder::zeros().state();
    Net::zeros().state();
}
