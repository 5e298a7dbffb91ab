//! A reference into another network, and into a layer.
use static_net::prelude::*;

network! {
    struct Encoder< 8 => mean: 4 => relu >;
    struct Net< 8 => encoder: Encoder => concat(identity | &encoder.mean) => 2 >;
    struct OfALayer< 8 => a: relu 3 => concat(identity | &a.mean) => 2 >;
}

fn main() {
    Encoder::zeros().state();
    Net::zeros().state();
    OfALayer::zeros().state();
}
