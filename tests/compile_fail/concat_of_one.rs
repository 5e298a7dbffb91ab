//! Two branches or more are joined.
use static_net::prelude::*;

network! {
    struct Net< 10 => concat(relu 16) => 2 >;
}

fn main() {
    Net::zeros().state();
}
