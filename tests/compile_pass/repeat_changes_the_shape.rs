//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => repeat(3; relu 32 => 10) => 2 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
