//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [6, 4] => slice(0, 2, axis: 1) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
