//! A place counted from the last one.
use static_net::prelude::*;

network! {
    struct Net< 8 => slice(-3, 8) => 10 >;
}

fn main() {
    Net::zeros().state();
}
