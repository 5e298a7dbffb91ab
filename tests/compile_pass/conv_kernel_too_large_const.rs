//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const KERNEL: usize = 9;

network! {
    struct Net< [1, 9, 9] => conv(4, KERNEL) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
