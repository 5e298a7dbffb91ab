//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => 32 => relu => 2 >;
}

fn main() {
    Net::zeros().state();
}
