//! Branches that are added give the same.
use static_net::prelude::*;

network! {
    struct Net< 10 => sum(relu 16 | tanh 20 => 12) => 2 >;
}

fn main() {
    Net::zeros().state();
}
