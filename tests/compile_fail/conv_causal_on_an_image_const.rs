//! The same, where only rustc knows it.
use static_net::prelude::*;

const SIZE: usize = 3;

network! {
    struct Net< [SIZE, 28, 28] => conv(8, 3, padding: causal) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
