//! A recurrent layer goes along a sequence, and a vector is none.
use static_net::prelude::*;

network! {
    struct Net< 784 => lstm(64, last: true) => 10 >;
}

fn main() {
    Net::zeros().state();
}
