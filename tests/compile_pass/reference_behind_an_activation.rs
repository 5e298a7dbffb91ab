//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => a: 16 => tanh 4 => concat(identity | &a => relu) => 2 >;
}

fn main() {
    Net::zeros().state();
}
