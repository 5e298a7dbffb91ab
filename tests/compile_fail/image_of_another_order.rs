//! Shapes of as many values are not the same shape.
use static_net::prelude::*;

network! {
    struct Net< [4, 4, 1] => relu => [1, 4, 4] >;
}

fn main() {
    Net::zeros().state();
}
