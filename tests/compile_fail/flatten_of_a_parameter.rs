//! Rust cannot multiply a const parameter.
use static_net::prelude::*;

network! {
    struct Net< const H: usize; [H, 8] => flatten => 10 >;
}

fn main() {
    Net::<4>::zeros().state();
}
