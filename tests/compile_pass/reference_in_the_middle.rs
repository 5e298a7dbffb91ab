//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => a: relu 16 => residual(4 => concat(identity | &a) => 16) => 2 >;
}

fn main() {
    Net::zeros().state();
}
