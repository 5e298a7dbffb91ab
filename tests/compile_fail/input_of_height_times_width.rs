//! An input as people say it.
use static_net::prelude::*;

network! {
    struct Net< 28 x 28 => 10 >;
}

fn main() {
    Net::zeros().state();
}
