//! A turn that only rustc can check.
use static_net::prelude::*;

const WIDE: usize = 100;

network! {
    struct Net< [1, 16] => repeat(D in [1, WIDE]; conv(8, 3, dilation: D)) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
