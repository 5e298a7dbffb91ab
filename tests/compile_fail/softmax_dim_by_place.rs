//! The axis of a softmax, which is no width.
use static_net::prelude::*;

network! {
    struct Net< 10 => Softmax(1) >;
}

fn main() {
    Net::zeros().state();
}
