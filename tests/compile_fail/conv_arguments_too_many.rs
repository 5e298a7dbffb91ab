//! More arguments than there are.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv(8, 3, 1, 1, 1, 1, true, 2) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
