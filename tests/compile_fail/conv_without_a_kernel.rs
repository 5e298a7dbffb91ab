//! The size of the window has no default.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv(8) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
