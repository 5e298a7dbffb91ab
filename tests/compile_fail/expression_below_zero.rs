//! An expression that rustc cannot compute.
use static_net::prelude::*;

const HIDDEN: usize = 3;

network! {
    struct Net< 10 => relu { HIDDEN - 5 } => 2 >;
}

fn main() {
    Net::zeros().state();
}
