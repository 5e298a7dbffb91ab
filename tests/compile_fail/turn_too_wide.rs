//! What is wrong in one turn is told once, with its number.
use static_net::prelude::*;

network! {
    struct Net< [1, 16] => repeat(D in [1, 2, 200, 300]; conv(8, 3, dilation: D)) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
