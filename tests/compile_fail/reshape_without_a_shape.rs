//! A reshape says the shape.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => reshape => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
