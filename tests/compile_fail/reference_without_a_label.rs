//! A reference that names no label.
use static_net::prelude::*;

network! {
    struct Net< 8 => a: relu 16 => concat(identity | &) => 2 >;
    struct Number< 8 => a: relu 16 => concat(identity | &1) => 2 >;
    struct Mutable< 8 => a: relu 16 => concat(identity | &mut a) => 2 >;
}

fn main() {
    Net::zeros().state();
}
