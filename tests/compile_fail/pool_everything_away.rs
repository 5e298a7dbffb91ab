//! A window larger than what is left.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => max_pool(2) => max_pool(2) => max_pool(4) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
