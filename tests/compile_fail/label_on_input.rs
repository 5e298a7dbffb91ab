//! The input is called `input`.
use static_net::prelude::*;

network! {
    struct Net< pixels: 10 => relu 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
