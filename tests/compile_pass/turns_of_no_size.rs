//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => repeat(W in [1]; relu W) => 2 >;
    struct OfWords< 8 => repeat(W in [4]; relu W) => 2 >;
    struct OfParameters< 8 => repeat(W in [4, 8]; relu W) => 2 >;
    struct Zero< 8 => repeat(W in [4, 2]; relu W) => 2 >;
}

fn main() {
    Net::zeros().state();
    OfWords::zeros().state();
    OfParameters::zeros().state();
    Zero::zeros().state();
}
