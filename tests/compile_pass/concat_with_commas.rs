//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => concat(relu 3 | tanh 4) => 2 >;
}

fn main() {
    Net::zeros().state();
}
