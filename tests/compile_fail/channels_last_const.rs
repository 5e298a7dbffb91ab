//! An image as other libraries have it, where only rustc knows its sizes.
use static_net::prelude::*;

const SIDE: usize = 28;

network! {
    struct Net< [SIDE, SIDE, 1] => relu conv(16, 3) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
