//! A padding that no machine can hold.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv(4, 3, padding: 9999999999) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
