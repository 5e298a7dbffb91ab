//! Stages are repeated once or more.
use static_net::prelude::*;

network! {
    struct Net< 10 => repeat(0; relu 10) => 2 >;
}

fn main() {
    Net::zeros().state();
}
