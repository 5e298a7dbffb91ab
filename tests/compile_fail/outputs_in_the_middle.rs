//! Several outputs that are not at the end.
use static_net::prelude::*;

network! {
    struct Net< 8 => relu 16 => (policy: 6 | value: 1) => 3 >;
    struct Inside< 8 => residual(relu 16 => (a: 4 | b: 4)) => 3 >;
}

fn main() {
    Net::zeros().state();
}
