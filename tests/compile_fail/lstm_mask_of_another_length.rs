//! A mask that is longer than the sequence, and one with features.
use static_net::prelude::*;

network! {
    struct Net< (x: [5, 8], mask: [6]) => &x => lstm(4, mask: &mask) => 3 >;
    struct Both< (x: [5, 8], mask: [5, 8]) => &x => rnn(4, bidirectional: true, last: true, mask: &mask) => 3 >;
}

fn main() {
    Net::zeros().state();
    Both::zeros().state();
}
