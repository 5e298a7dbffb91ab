//! The axis stands in front.
use static_net::prelude::*;

network! {
    struct Net< [2, 6] => concat(identity | relu; axis: 1) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
