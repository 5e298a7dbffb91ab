//! A window without places.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv(8, 0) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
