//! A width in the parentheses of an activation.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu(32) => 2 >;
}

fn main() {
    Net::zeros().state();
}
