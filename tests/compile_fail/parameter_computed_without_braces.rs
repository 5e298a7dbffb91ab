//! A size that is computed from a const parameter.
use static_net::prelude::*;

network! {
    struct Net< const H: usize; 10 => 2 * H => 2 >;
}

fn main() {
    Net::<4>::zeros().state();
}
