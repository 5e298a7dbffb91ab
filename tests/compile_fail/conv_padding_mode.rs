//! A padding that there is none of.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => conv(4, 3, padding: 1, padding_mode: reflect) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
