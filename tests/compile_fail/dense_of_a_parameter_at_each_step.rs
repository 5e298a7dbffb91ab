//! Over the features of a sequence no width can be a const parameter on stable Rust.
use static_net::prelude::*;

network! {
    struct Net< const H: usize; [9, 3] => relu H => 2 >;
}

fn main() {
    Net::<16>::zeros().state();
}
