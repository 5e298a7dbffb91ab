//! Windows that do not move.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv(8, 3, stride: 0) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
