//! Branches that are added give as many channels: which is right, nothing says.
use static_net::prelude::*;

network! {
    struct Net< [4, 8, 8] => sum(conv(4, 1) | conv(5, 1)) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
