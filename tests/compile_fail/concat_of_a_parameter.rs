//! Rust cannot add const parameters.
use static_net::prelude::*;

network! {
    struct Net< const H: usize; 4 => concat(relu H | 3) => 2 >;
}

fn main() {
    Net::<8>::zeros().state();
}
