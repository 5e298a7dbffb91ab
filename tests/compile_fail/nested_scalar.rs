//! A network of `f64` inside one of `f32`.
use static_net::prelude::*;

network! {
    struct Encoder< f64; 16 => relu 8 >;
    struct Net< 10 => relu 16 => Encoder => 2 >;
}

fn main() {
    Net::zeros().state();
}
