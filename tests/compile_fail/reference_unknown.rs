//! A reference to a label that there is not.
use static_net::prelude::*;

network! {
    struct Net< 8 => down: relu 16 => 8 => concat(identity | &encoded) => 2 >;
    struct OfAnother< 8 => relu 4 => sum(2 | &down => 2) >;
}

fn main() {
    Net::zeros().state();
}
