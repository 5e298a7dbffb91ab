//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => block: residual(up: relu 16 => 8) => concat(identity | &block.up) => 2 >;
}

fn main() {
    Net::zeros().state();
}
