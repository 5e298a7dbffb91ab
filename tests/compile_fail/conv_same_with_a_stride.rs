//! The size stays the same only where windows move by one.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv(8, 3, stride: 2, padding: same) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
