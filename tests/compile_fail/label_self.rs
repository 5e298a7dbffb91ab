//! A label that cannot be a name.
use static_net::prelude::*;

network! {
    struct Net< 10 => self: 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
