//! Branches give as many sizes.
use static_net::prelude::*;

network! {
    struct Net< [2, 3, 4] => concat(relu | flatten) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
