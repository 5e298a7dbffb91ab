//! A typing error in a reference.
use static_net::prelude::*;

network! {
    struct Net< 8 => encoded: relu 16 => 8 => concat(identity | &encodde) => 2 >;
}

fn main() {
    Net::zeros().state();
}
