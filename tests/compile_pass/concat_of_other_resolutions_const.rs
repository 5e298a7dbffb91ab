//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const KERNEL: usize = 3;

network! {
    struct Net< [4, 8, 8] => concat(conv(4, KERNEL, padding: same) | conv(4, 1)) => flatten => 10 >;
    struct OfConsts< [4, 8, 8] => concat(conv(4, KERNEL) | conv(4, 3)) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
    assert!(!OfConsts::tensors().is_empty());
}
