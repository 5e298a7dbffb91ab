//! A parameter that is used and not declared as const.
use static_net::prelude::*;

network! {
    struct Net< H; 10 => relu H => 2 >;
}

fn main() {
    Net::<4>::zeros().state();
}
