//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [4, 8, 8] => sum(identity | flatten => relu 4) >;
}

fn main() {
    Net::zeros().state();
}
