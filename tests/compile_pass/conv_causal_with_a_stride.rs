//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [2, 100] => pad(2, after: 0) => conv(8, 3, stride: 2) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
