//! A network whose inputs are at fault keeps its label.
use static_net::prelude::*;

network! {
    struct Block< (x: 8, condition: 4) => concat(&x | &condition) => h: tanh 16 => (main: 8 | skip: 5) >;
    struct Net< 4 => h: tanh 8 => a: Block(&h, &input) => &a.main => 2 >;
    struct OfAnotherValue< 4 => h: tanh 8 => a: Block(x: h.x, condition: &input) => &a.main => 2 >;
    struct OfAWidth< 4 => h: tanh 8 => a: Block(x: &h, condition: 4) => &a.main => 2 >;
}

fn main() {
    Net::zeros().state();
}
