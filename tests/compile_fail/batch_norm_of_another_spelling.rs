//! PyTorch's name of a layer.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv(8, 3) => BatchNorm2d(8) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
