//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => repeat(W in [3, 4, 5]; relu W) => 2 >;
    struct InParentheses< 8 => repeat(W in [3, 4]; relu W) => 2 >;
}

fn main() {
    Net::zeros().state();
    InParentheses::zeros().state();
}
