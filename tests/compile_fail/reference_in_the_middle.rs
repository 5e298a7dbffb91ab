//! A reference to a value from outside that is not at the beginning of a branch.
use static_net::prelude::*;

network! {
    struct Net< 8 => a: relu 16 => residual(4 => &a => 16) => 2 >;
}

fn main() {
    Net::zeros().state();
}
