//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => a: relu 16 => 2 >;
    struct Labelled< 8 => a: relu 16 => b: tanh 4 => &a => 2 => concat(identity | &b) >;
}

fn main() {
    Net::zeros().state();
}
