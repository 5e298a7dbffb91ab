//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv(32, 3) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
