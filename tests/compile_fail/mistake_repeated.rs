//! The same mistake many times is told in full once.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => Conv2d(1, 4, 3) => ReLU() => Conv2d(4, 4, 3) => ReLU() => Conv2d(4, 4, 3) => ReLU() => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
