//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 17 => a: relu 8 => &input => b: relu 8 => concat(identity | &a) => 1 >;
}

fn main() {
    Net::zeros().state();
}
