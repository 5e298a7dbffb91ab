//! `1e3` is a float of Rust, however whole it is.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 1e3 => 2 >;
}

fn main() {
    Net::zeros().state();
}
