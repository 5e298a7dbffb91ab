//! Layers of PyTorch without arguments, which could be types.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => BatchNorm2d => MaxPool2d => flatten => GELU => 2 => Softmax >;
}

fn main() {
    Net::zeros().state();
}
