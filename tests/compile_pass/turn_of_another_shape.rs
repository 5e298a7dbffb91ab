//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => repeat(W in [4, 5]; relu W => [W]) => 2 >;
    struct Kernels< [2, 16] => repeat(K in [3, 5, 7]; residual(conv(2, K, padding: { (K - 1) / 2 }))) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
    Kernels::zeros().state();
}
