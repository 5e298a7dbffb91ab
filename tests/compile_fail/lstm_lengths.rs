//! Lengths of sequences, which are a mask.
use static_net::prelude::*;

network! {
    struct Net< (x: [5, 8], lengths: 1) => &x => lstm(4, lengths: &lengths) => 3 >;
}

fn main() {
    Net::zeros().state();
}
