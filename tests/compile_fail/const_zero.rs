//! A const of zero is found at its use.
use static_net::prelude::*;

const HIDDEN: usize = 0;

network! {
    struct Net< 10 => relu HIDDEN => 2 >;
}

fn main() {
    Net::zeros().state();
}
