//! A first arrow with nothing in front of it.
use static_net::prelude::*;

network! {
    struct Net< => relu 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
