//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 17 => relu 32 => 1 >;
}

fn main() {
    Net::zeros().state();
}
