//! Another number of values.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => reshape[4, 200] => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
