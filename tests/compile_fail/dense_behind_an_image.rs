//! A dense layer takes a vector.
use static_net::prelude::*;

network! {
    struct Net< [2, 4, 2] => relu 4 >;
}

fn main() {
    Net::zeros().state();
}
