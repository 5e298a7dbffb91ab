//! A fault in each of many residuals.
use static_net::prelude::*;

network! {
    struct Net< 8 => residual(relu 8 => residual(relu 8 => residual(relu 8 => residual(relu 8 => residual(relu 8 => residual(4)))))) => 2 >;
}

fn main() {
    Net::zeros().state();
}
