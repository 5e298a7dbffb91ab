//! The list is empty, or holds what is no size.
use static_net::prelude::*;

network! {
    struct Net< 8 => repeat(W in []; relu W) => 2 >;
    struct OfWords< 8 => repeat(W in [4, relu]; relu W) => 2 >;
    struct OfParameters< const H: usize; 8 => repeat(W in [4, H]; relu W) => 2 >;
    struct Zero< 8 => repeat(W in [4, -2]; relu W) => 2 >;
}

fn main() {
    Net::zeros().state();
    OfWords::zeros().state();
    OfParameters::zeros().state();
    Zero::zeros().state();
}
