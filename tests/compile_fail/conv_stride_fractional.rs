//! Windows move by whole numbers.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv(8, 3, stride: 1.5) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
