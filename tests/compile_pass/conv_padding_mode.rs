//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => pad(1, mode: reflect) => conv(4, 3) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
