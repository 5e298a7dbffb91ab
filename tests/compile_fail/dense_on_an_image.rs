//! A dense layer straight on an image.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => relu conv(8, 3) => relu 32 => 10 >;
}

fn main() {
    Net::zeros().state();
}
