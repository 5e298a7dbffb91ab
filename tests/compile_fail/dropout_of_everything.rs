//! What drops everything passes nothing on.
use static_net::prelude::*;

network! {
    struct Net< 16 => relu 8 => dropout(p: 1.0) => 2 >;
}

fn main() {
    Net::zeros().state();
}
