//! More arguments than there are.
use static_net::prelude::*;

network! {
    struct Net< 10 => leaky_relu(0.1, 0.2) 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
