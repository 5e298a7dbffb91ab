//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => down: relu 16 => concat(identity | &down) => 2 >;
}

fn main() {
    Net::zeros().state();
}
