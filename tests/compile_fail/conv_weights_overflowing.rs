//! Weights that no machine can hold.
use static_net::prelude::*;

network! {
    struct Net< [4611686018427387904, 1, 1] => conv(4611686018427387904, 1) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
