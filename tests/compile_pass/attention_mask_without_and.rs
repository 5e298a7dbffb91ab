//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< (x: [5, 8], mask: [5]) => &x => attention(heads: 2, mask: &mask) => 3 >;
}

fn main() {
    Net::zeros().state();
}
