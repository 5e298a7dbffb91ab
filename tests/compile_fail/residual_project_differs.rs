//! The projection gives another width than what it is added to.
use static_net::prelude::*;

network! {
    struct Net< 10 => residual(relu 32 => 16; project: 12) => 2 >;
}

fn main() {
    Net::zeros().state();
}
