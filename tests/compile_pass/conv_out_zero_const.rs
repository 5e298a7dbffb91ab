//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const OUT: usize = 4;

network! {
    struct Net< [1, 8, 8] => relu conv(16, 3) => flatten => 10 >;
    struct OfConsts< [1, 8, 8] => relu conv(OUT, 3) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
    assert_eq!(OfConsts::zeros().stage1.bias.len(), 4);
}
