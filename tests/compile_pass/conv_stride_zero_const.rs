//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const STRIDE: usize = 0;

network! {
    struct Net< [1, 8, 8] => conv(4, 3) => flatten => 10 >;
    struct OfConsts< [1, 8, 8] => conv(4, 3, stride: { STRIDE + 1 }) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
    assert!(!OfConsts::tensors().is_empty());
}
