//! A network gives an image, a dense layer takes a vector.
use static_net::prelude::*;

network! { struct Encoder< [1, 8, 8] => relu conv(2, 3) >; }

network! {
    struct Net< [1, 8, 8] => Encoder => 10 >;
}

fn main() {
    Net::zeros().state();
}
