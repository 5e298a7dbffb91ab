//! Windows that do not move.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => avg_pool(2, stride: 0) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
