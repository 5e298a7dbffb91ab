//! A Gaussian of a size, as a layer with a width would be.
use static_net::prelude::*;

network! {
    struct Net< 8 => gaussian(4) => 8 >;
}

fn main() {
    Net::zeros().state();
}
