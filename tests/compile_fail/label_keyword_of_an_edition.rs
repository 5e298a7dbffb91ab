//! A label that is a keyword since the edition of 2024.
use static_net::prelude::*;

network! {
    struct Net< 10 => gen: 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
