//! No name stands for the size, or two do.
use static_net::prelude::*;

network! {
    struct Net< 8 => repeat([3, 4]; relu W) => 2 >;
    struct Two< 8 => repeat(V, W in [3, 4]; relu W) => 2 >;
}

fn main() {
    Net::zeros().state();
    Two::zeros().state();
}
