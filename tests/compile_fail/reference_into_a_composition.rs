//! A reference to a label inside of a composition that has a label.
use static_net::prelude::*;

network! {
    struct Net< 8 => block: residual(up: relu 16 => 8) => concat(identity | &up) => 2 >;
}

fn main() {
    Net::zeros().state();
}
