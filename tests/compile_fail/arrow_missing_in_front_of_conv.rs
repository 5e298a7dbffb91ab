//! Nothing in front of a layer that does not take what comes: one fault.
use static_net::prelude::*;

network! {
    struct Net< 8 => relu 8 conv(2, 3) => flatten => 3 >;
}

fn main() {
    Net::zeros().state();
}
