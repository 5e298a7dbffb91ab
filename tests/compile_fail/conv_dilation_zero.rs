//! Places of a window on top of each other.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv(8, 3, dilation: [1, 0]) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
