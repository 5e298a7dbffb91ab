//! A container, which stages need none of.
use static_net::prelude::*;

network! {
    struct Net< 784 => Sequential(relu 256, 10) >;
}

fn main() {
    Net::zeros().state();
}
