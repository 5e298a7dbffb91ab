//! An image with its channels last.
use static_net::prelude::*;

network! {
    struct Net< [28, 28, 1] => conv(8, 3) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
