//! PyTorch's name of a layer.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => relu Conv2d(8, 3) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
