//! Braces around half an expression.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu { 2 * } => 2 >;
}

fn main() {
    Net::zeros().state();
}
