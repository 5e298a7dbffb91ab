//! A literal beyond `usize`.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 99999999999999999999 => 2 >;
}

fn main() {
    Net::zeros().state();
}
