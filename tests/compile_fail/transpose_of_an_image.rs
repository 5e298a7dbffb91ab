//! A transpose swaps two axes.
use static_net::prelude::*;

network! {
    struct Net< [3, 8, 4] => transpose => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
