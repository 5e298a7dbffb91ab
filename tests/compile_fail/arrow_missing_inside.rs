//! Stages inside a composition are joined by arrows too.
use static_net::prelude::*;

network! {
    struct Net< 10 => residual(relu 32 10) => 2 >;
}

fn main() {
    Net::zeros().state();
}
