//! A layer of PyTorch that there is none of.
use static_net::prelude::*;

network! {
    struct Net< [4, 8, 8] => PixelShuffle(2) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
