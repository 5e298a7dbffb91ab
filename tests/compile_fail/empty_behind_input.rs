//! An input and nothing behind it.
use static_net::prelude::*;

network! {
    struct Net< 12 >;
}

fn main() {
    Net::zeros().state();
}
