//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => a: relu 16 => concat(identity | &a) => 2 >;
    struct Number< 8 => a: relu 16 => concat(identity | &a) => 2 >;
    struct Mutable< 8 => a: relu 16 => concat(identity | &a) => 2 >;
}

fn main() {
    Net::zeros().state();
}
