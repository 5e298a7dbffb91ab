//! The axis of a softmax.
use static_net::prelude::*;

network! {
    struct Net< 10 => softmax(dim: 1) >;
}

fn main() {
    Net::zeros().state();
}
