//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [4, 1] => max_pool(2, stride: 1, padding: 1) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
