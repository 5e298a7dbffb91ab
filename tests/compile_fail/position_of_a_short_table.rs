//! A table of positions that is shorter than the sequence.
use static_net::prelude::*;

network! {
    struct Net< [16, 8] => position(length: 12) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
