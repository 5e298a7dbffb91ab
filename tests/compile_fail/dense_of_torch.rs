//! A dense layer as PyTorch names it.
use static_net::prelude::*;

network! {
    struct Net< 784 => Linear(784, 256) => 10 >;
}

fn main() {
    Net::zeros().state();
}
