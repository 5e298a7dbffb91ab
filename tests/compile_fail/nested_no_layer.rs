//! A type that is no layer.
use static_net::prelude::*;

struct Encoder;

network! {
    struct Net< 10 => relu 16 => Encoder => 2 >;
}

fn main() {
    Net::zeros().state();
}
