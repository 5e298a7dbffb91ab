//! A dense layer takes features, which are not the last axis of a signal.
use static_net::prelude::*;

network! {
    struct Net< [40, 100] => relu conv(8, 5, stride: 5) => relu 10 >;
}

fn main() {
    Net::zeros().state();
}
