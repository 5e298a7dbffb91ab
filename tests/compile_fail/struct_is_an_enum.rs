//! A network is a struct.
use static_net::prelude::*;

network! {
    enum Net< 10 => relu 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
