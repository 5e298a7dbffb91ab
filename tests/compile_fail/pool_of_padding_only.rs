//! The two values of a window lie on both sides of the input.
use static_net::prelude::*;

network! {
    struct Net< [4, 1] => max_pool(2, stride: 1, padding: 1, dilation: 2) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
