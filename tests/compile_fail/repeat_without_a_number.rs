//! How often comes first.
use static_net::prelude::*;

network! {
    struct Net< 10 => repeat(relu 10) => 2 >;
}

fn main() {
    Net::zeros().state();
}
