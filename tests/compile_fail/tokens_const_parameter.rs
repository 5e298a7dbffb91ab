//! A const parameter is no vocabulary on stable Rust.
use static_net::prelude::*;

network! {
    struct Net< const V: usize; tokens(8, vocab: V) => embedding(4) >;
}

fn main() {
    Net::<65>::zeros().state();
}
