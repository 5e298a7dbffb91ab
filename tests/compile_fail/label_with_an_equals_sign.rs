//! A label in front of `=`.
use static_net::prelude::*;

network! {
    struct Net< 10 => fc1 = 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
