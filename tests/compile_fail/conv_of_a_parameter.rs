//! Rust cannot compute the size of an image from a const parameter.
use static_net::prelude::*;

network! {
    struct Net< const H: usize; [1, 8, 8] => conv(H, 3) => flatten => 10 >;
}

fn main() {
    Net::<4>::zeros().state();
}
