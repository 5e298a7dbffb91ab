//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const WIDTH: usize = 12;

network! {
    struct Net< 10 => sum(relu 16 | 16) => 2 >;
    struct OfConsts< 10 => sum(relu 12 | WIDTH) => 2 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
    assert!(!OfConsts::tensors().is_empty());
}
