//! Stages that are repeated give what they take.
use static_net::prelude::*;

network! {
    struct Net< 10 => repeat(3; relu 32 => 16) => 2 >;
}

fn main() {
    Net::zeros().state();
}
