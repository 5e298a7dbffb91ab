//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => encoded: relu 16 => 8 => concat(identity | &encoded) => 2 >;
}

fn main() {
    Net::zeros().state();
}
