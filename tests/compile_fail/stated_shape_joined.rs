//! A stated shape stands between arrows of its own.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 16 [16] => 2 >;
}

fn main() {
    Net::zeros().state();
}
