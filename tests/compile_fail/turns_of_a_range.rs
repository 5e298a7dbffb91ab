//! A range, and a list in parentheses.
use static_net::prelude::*;

network! {
    struct Net< 8 => repeat(W in 3..6; relu W) => 2 >;
    struct InParentheses< 8 => repeat(W in (3, 4); relu W) => 2 >;
}

fn main() {
    Net::zeros().state();
    InParentheses::zeros().state();
}
