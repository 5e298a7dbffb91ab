//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => repeat(WIDTH in [3, 4]; relu WIDTH => { 2 * WIDTH }) => 2 >;
}

fn main() {
    Net::zeros().state();
}
