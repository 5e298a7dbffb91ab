//! A comma behind the number of times.
use static_net::prelude::*;

network! {
    struct Net< 8 => repeat(3, relu 8) => 2 >;
}

fn main() {
    Net::zeros().state();
}
