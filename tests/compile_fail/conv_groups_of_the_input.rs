//! Groups that do not divide the channels of the input.
use static_net::prelude::*;

network! {
    struct Net< [6, 8, 8] => conv(8, 3, groups: 4) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
