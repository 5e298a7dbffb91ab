//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => a: relu 16 => b: 4 => &a => 3 => sum(identity | &b => 3) >;
}

fn main() {
    Net::zeros().state();
}
