//! Branches that disagree in height and width.
use static_net::prelude::*;

network! {
    struct Net< [4, 8, 8] => concat(conv(4, 3) | conv(4, 1)) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
