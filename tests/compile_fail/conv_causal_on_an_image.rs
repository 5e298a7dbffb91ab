//! An image has no time that convolutions could look back in.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv(8, 3, padding: causal) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
