//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Encoder< 8 => mean: 4 => relu >;
    struct Net< 8 => encoder: Encoder => concat(identity | &encoder) => 2 >;
    struct OfALayer< 8 => a: relu 3 => concat(identity | &a) => 2 >;
}

fn main() {
    Encoder::zeros().state();
    Net::zeros().state();
    OfALayer::zeros().state();
}
