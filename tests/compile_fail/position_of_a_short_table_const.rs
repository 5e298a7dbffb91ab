//! The same where only rustc knows it.
use static_net::prelude::*;

const CONTEXT: usize = 12;

network! {
    struct Net< [16, 8] => position(length: CONTEXT) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
