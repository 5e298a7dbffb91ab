//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const WIDE: usize = 8;

network! {
    struct Block< (x: WIDE, condition: 4) => concat(&x | &condition) => h: relu 8 => (main: { WIDE / 2 } | &h => skip: 3) >;
    struct Net< 4 => h: tanh WIDE => block: Block(x: &h, condition: &input) => concat(&block.main | &block.skip) => 2 >;
}

fn main() {
    Block::zeros().state();
    Net::zeros().state();
}
