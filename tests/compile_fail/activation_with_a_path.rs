//! An activation as PyTorch names it.
use static_net::prelude::*;

network! {
    struct Net< 10 => 32 => nn::ReLU() => 2 >;
}

fn main() {
    Net::zeros().state();
}
