//! Nothing between a layer and a width, which does not take what it gives: one fault.
use static_net::prelude::*;

network! {
    struct Net< 8 => reshape[2, 2, 2] 3 >;
}

fn main() {
    Net::zeros().state();
}
