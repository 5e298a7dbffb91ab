//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Block< (x: 8, condition: 4) => concat(&x | &condition) => h: tanh 16 => (main: 8 | skip: 5) >;
    struct Net< 4 => h: tanh 8 => a: Block(x: &h, condition: &input) => &a.main => 2 >;
}

fn main() {
    Net::zeros().state();
}
