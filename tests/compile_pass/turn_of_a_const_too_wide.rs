//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const WIDE: usize = 100;

network! {
    struct Net< [1, 16] => repeat(D in [1, 2]; conv(8, 3, dilation: D)) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
