//! PyTorch's name of a layer, with the features in front.
use static_net::prelude::*;

network! {
    struct Net< [16, 64] => MultiheadAttention(64, 4) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
