//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const WIDTH: usize = 12;

network! {
    struct Net< 10 => repeat(3; relu 10) => 2 >;
    struct OfConsts< 12 => repeat(3; relu WIDTH) => 2 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
    assert!(!OfConsts::tensors().is_empty());
}
