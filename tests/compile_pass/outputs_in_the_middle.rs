//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => relu 16 => concat(policy: 6 | value: 1) => 3 >;
    struct Inside< 8 => residual(relu 16 => concat(a: 4 | b: 4)) => 3 >;
}

fn main() {
    Net::zeros().state();
}
