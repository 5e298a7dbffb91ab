//! What a residual adds at each step of a sequence has as many features.
use static_net::prelude::*;

network! {
    struct Net< [8, 16] => residual(relu 64 => 32) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
