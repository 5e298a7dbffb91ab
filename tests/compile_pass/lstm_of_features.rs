//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [20, 8] => lstm(4, last: true) => 2 >;
}

fn main() {
    Net::zeros().state();
}
