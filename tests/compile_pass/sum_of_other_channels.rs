//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [4, 8, 8] => sum(conv(4, 1) | conv(4, 1)) => flatten => 2 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
