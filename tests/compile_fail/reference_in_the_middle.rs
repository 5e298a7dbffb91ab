//! A reference in the middle of a residual, behind a stage that nobody reads.
use static_net::prelude::*;

network! {
    struct Net< 8 => a: relu 16 => residual(4 => &a => 16) => 2 >;
}

fn main() {
    Net::zeros().state();
}
