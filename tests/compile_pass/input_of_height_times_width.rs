//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< { 28 * 28 } => 10 >;
}

fn main() {
    Net::zeros().state();
}
