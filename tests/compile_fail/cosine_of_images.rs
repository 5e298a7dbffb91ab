//! A cosine of images, which are no vectors.
use static_net::prelude::*;

network! {
    struct Net< [1, 4, 4] => a: conv(2, 1) => cosine(&a, &a) => 2 >;
}

fn main() {
    Net::zeros().state();
}
