//! Padding of more than half a window.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => max_pool(2, padding: 2) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
