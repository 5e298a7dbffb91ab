//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [40, 100] => relu conv(8, 5, stride: 5) => flatten => relu 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
