//! A label in front of a reference.
use static_net::prelude::*;

network! {
    struct Net< 8 => a: relu 16 => b: 4 => again: &a => 3 => sum(identity | &b => 3) >;
}

fn main() {
    Net::zeros().state();
}
