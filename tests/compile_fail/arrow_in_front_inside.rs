//! The first stage inside a composition has no arrow in front of it.
use static_net::prelude::*;

network! {
    struct Net< 10 => residual(=> relu 10) => 2 >;
}

fn main() {
    Net::zeros().state();
}
