//! Groups that do not divide the channels of the output.
use static_net::prelude::*;

network! {
    struct Net< [6, 8, 8] => conv(8, 3, groups: 3) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
