//! Values are multiplied by `product`.
use static_net::prelude::*;

network! {
    struct Net< 8 => Multiply() => 2 >;
}

fn main() {
    Net::zeros().state();
}
