//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const APART: usize = 2;

network! {
    struct Net< [4, 9, 2] => max_pool([3, 2], stride: 1, padding: 1, dilation: [1, APART]) => flatten => 10 >;
    struct Whole< [4, 9, 2] => max_pool([3, 2], stride: 1, padding: 1) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
    assert!(!Whole::tensors().is_empty());
}
