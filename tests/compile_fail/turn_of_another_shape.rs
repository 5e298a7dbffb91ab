//! A stated shape holds in the first turn only, and a residual in all but one.
use static_net::prelude::*;

network! {
    struct Net< 8 => repeat(W in [4, 5]; relu W => [4]) => 2 >;
    struct Kernels< [2, 16] => repeat(K in [3, 5, 4]; residual(conv(2, K, padding: { (K - 1) / 2 }))) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
    Kernels::zeros().state();
}
