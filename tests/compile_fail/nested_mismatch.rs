//! A network inside another one that takes another width.
use static_net::prelude::*;

network! {
    struct Encoder< 16 => relu 8 >;
    struct Net< 10 => relu 32 => Encoder => 2 >;
}

fn main() {
    Net::zeros().state();
}
