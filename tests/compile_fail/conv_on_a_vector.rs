//! A window slides over an image or a signal.
use static_net::prelude::*;

network! {
    struct Net< 784 => conv(8, 3) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
