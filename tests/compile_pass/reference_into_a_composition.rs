//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => block: residual(up: relu 16 => 8) => concat(identity | &block) => 2 >;
    struct ByPath< 8 => block: residual(up: relu 16 => 8) => concat(identity | &block) => 2 >;
    struct OfTurns< 8 => blocks: repeat(2; z: relu 8) => concat(identity | &blocks) => 2 >;
}

fn main() {
    Net::zeros().state();
}
