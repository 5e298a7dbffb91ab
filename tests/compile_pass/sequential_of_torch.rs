//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 784 => relu 256 => 10 >;
}

fn main() {
    Net::zeros().state();
}
