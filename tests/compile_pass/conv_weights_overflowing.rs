//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [32, 1, 1] => conv(16, 1) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
