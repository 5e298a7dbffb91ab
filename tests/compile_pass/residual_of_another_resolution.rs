//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [4, 8, 8] => relu residual(conv(8, 3, stride: 2, padding: 1); project: conv(8, 1, stride: 2)) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
