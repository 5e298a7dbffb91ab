//! Labels inside a composition are names of one struct.
use static_net::prelude::*;

network! {
    struct Net< 10 => residual(up: relu 32 => up: 10) => 2 >;
}

fn main() {
    Net::zeros().state();
}
