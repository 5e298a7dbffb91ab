//! A padding that is none.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv(8, 3, padding: sam) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
