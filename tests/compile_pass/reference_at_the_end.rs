//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => a: relu 16 => 4 => concat(identity | &a) >;
    struct Inside< 8 => concat(relu 4 | a: tanh 4 => 4 => concat(identity | &a)) => 2 >;
}

fn main() {
    Net::zeros().state();
}
