//! An input that the network does not have.
use static_net::prelude::*;

network! {
    struct Block< (x: 8, condition: 4) => concat(&x | &condition) => h: relu 8 => (main: 8 | &h => skip: 3) >;
    struct Net< 4 => h: tanh 8 => Block(x: &h, condtion: &input) => relu 8 >;
}

fn main() {
    Block::zeros().state();
    Net::zeros().state();
}
