//! Places behind the last one.
use static_net::prelude::*;

network! {
    struct Net< 8 => slice(2, 9) => 10 >;
}

fn main() {
    Net::zeros().state();
}
