//! The same, where only rustc knows it.
use static_net::prelude::*;

const SIZE: usize = 2;

network! {
    struct Net< [2, 100] => conv(8, 3, stride: SIZE, padding: causal) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
