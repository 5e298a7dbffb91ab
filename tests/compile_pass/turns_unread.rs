//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => repeat(3; relu 8) => 2 >;
}

fn main() {
    Net::zeros().state();
}
