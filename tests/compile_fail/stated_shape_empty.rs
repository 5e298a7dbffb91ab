//! A shape has sizes.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 16 => [] => 2 >;
}

fn main() {
    Net::zeros().state();
}
