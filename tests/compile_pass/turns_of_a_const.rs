//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const WIDTHS: [usize; 3] = [4, 6, 8];

network! {
    struct Net< 8 => repeat(W in [4, 6, { WIDTHS[2] }]; relu W) => 2 >;
}

fn main() {
    Net::zeros().state();
}
