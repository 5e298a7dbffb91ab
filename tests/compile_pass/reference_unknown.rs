//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => down: relu 16 => 8 => concat(identity | &down) => 2 >;
    struct OfAnother< 8 => down: relu 4 => sum(2 | &down => 2) >;
}

fn main() {
    Net::zeros().state();
}
