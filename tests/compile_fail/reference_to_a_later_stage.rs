//! A reference to a stage that comes later.
use static_net::prelude::*;

network! {
    struct Net< 8 => relu 16 => concat(identity | &up) => up: relu 8 => 2 >;
}

fn main() {
    Net::zeros().state();
}
