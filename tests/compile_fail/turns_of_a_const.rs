//! The list of sizes is a const.
use static_net::prelude::*;

const WIDTHS: [usize; 3] = [4, 6, 8];

network! {
    struct Net< 8 => repeat(W in WIDTHS; relu W) => 2 >;
}

fn main() {
    Net::zeros().state();
}
