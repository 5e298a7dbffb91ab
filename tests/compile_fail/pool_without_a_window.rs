//! The size of the window has no default.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => max_pool => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
