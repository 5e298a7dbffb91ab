//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => hidden: relu 16 => joined: concat(identity | &hidden) => 2 >;
}

fn main() {
    Net::zeros().state();
}
