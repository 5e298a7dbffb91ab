//! The input is a size, to which nothing is applied.
use static_net::prelude::*;

network! {
    struct Net< relu 10 => 2 >;
}

fn main() {
    Net::zeros().state();
}
