//! A shape of several sizes is computed with, which Rust cannot yet do with const parameters.
use static_net::prelude::*;

network! {
    struct Net< const H: usize; [2, H] => [2, H] => relu >;
}

fn main() {
    Net::<8>::zeros();
}
