//! A residual holds stages.
use static_net::prelude::*;

network! {
    struct Net< 10 => residual() => 2 >;
}

fn main() {
    Net::zeros().state();
}
