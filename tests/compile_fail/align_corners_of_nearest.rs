//! Values that are repeated have no corners to align.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => upsample(2, align_corners: true) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
