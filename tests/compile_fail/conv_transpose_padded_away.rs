//! Padding that takes everything away.
use static_net::prelude::*;

network! {
    struct Net< [4, 2, 2] => conv_transpose(2, 3, padding: 2) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
