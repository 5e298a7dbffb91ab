//! A size is `usize`.
use static_net::prelude::*;

network! {
    struct Net< const H: u8; 10 => relu H => 2 >;
}

fn main() {
    Net::<32>::zeros().forward(&[0.0; 10]);
}
