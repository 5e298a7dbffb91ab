//! Along the second axis branches may differ, along the first they do not.
use static_net::prelude::*;

network! {
    struct Net< [4, 6] => concat(axis: 1; identity | conv(3, 1)) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
