//! A vector where a sequence is taken: its values may be features or steps.
use static_net::prelude::*;

network! {
    struct Net< 8 => lstm(4, last: true) => 2 >;
}

fn main() {
    Net::zeros().state();
}
