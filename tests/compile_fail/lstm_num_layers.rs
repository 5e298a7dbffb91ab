//! Layers stand one behind the other.
use static_net::prelude::*;

network! {
    struct Net< [28, 10] => lstm(64, num_layers: 2, last: true) => 10 >;
}

fn main() {
    Net::zeros().state();
}
