//! A signal has one axis to slide along.
use static_net::prelude::*;

network! {
    struct Net< [2, 64] => conv(8, [3, 3]) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
