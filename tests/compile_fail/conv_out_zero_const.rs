//! Nothing comes out, where only rustc knows it.
use static_net::prelude::*;

const OUT: usize = 0;

network! {
    struct Net< [1, 8, 8] => relu conv(OUT, 3) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
