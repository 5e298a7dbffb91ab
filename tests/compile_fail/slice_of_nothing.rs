//! No place lies between the two.
use static_net::prelude::*;

network! {
    struct Net< 8 => slice(5, 5) => 10 >;
}

fn main() {
    Net::zeros().state();
}
