//! A const that makes a window step over the whole input.
use static_net::prelude::*;

const APART: usize = 3;

network! {
    struct Net< [4, 9, 2] => max_pool([3, 2], stride: 1, padding: 1, dilation: [1, APART]) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
