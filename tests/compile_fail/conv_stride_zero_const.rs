//! Windows that do not move, where only rustc knows it.
use static_net::prelude::*;

const STRIDE: usize = 0;

network! {
    struct Net< [1, 8, 8] => conv(4, 3, stride: STRIDE) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
