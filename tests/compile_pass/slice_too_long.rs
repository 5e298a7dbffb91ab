//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => slice(2, 8) => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
