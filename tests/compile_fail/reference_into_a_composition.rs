//! References to labels inside compositions.
use static_net::prelude::*;

network! {
    struct Net< 8 => residual(up: relu 16 => 8) => concat(identity | &up) => 2 >;
    struct ByPath< 8 => block: residual(up: relu 16 => 8) => concat(identity | &block.up) => 2 >;
    struct OfTurns< 8 => blocks: repeat(2; z: relu 8) => concat(identity | &blocks[..].z) => 2 >;
}

fn main() {
    Net::zeros().state();
}
