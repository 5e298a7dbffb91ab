//! A probability is not negative.
use static_net::prelude::*;

network! {
    struct Net< 16 => relu 8 => dropout(-0.1) => 2 >;
}

fn main() {
    Net::zeros().state();
}
