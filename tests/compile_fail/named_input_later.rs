//! The value of an input is a later stage.
use static_net::prelude::*;

network! {
    struct Block< (x: 8, condition: 4) => concat(&x | &condition) => h: relu 8 => (main: 8 | &h => skip: 3) >;
    struct Net< 4 => h: tanh 8 => Block(x: &h, condition: &later) => later: relu 4 >;
}

fn main() {
    Block::zeros().state();
    Net::zeros().state();
}
