//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [4, 8, 8] => concat(conv(4, 3, padding: same) | conv(4, 1)) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
