//! A window has a height and a width.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv(8, [3, 3, 3]) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
