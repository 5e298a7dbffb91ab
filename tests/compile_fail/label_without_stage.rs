//! A label in front of an arrow.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => latent: => 2 >;
}

fn main() {
    Net::zeros().state();
}
