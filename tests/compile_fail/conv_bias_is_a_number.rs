//! Whether there is a bias is true or false.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv(8, 3, bias: 0) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
