//! A convolution that looks back only has an output for each step.
use static_net::prelude::*;

network! {
    struct Net< [2, 100] => conv(8, 3, stride: 2, padding: causal) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
