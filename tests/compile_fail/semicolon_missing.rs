//! No `;`: the next network is read all the same.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >
    struct Other< 3 => 0 >;
}

fn main() {
    Net::zeros().state();
}
