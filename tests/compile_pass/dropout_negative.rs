//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 16 => relu 8 => dropout(0.1) => 2 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
