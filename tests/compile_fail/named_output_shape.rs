//! Outputs of another shape than the sum of them takes.
use static_net::prelude::*;

network! {
    struct Block< (x: 8, condition: 4) => concat(&x | &condition) => h: relu 8 => (main: 8 | &h => skip: 3) >;
    struct Net< 4 => h: tanh 8 => block: Block(x: &h, condition: &input) => sum(&block.main | &block.skip) >;
}

fn main() {
    Block::zeros().state();
    Net::zeros().state();
}
