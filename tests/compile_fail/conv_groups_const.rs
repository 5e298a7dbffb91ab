//! Groups that do not divide the channels, where only rustc knows it.
use static_net::prelude::*;

const GROUPS: usize = 4;

network! {
    struct Net< [6, 8, 8] => conv(8, 3, groups: GROUPS) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
