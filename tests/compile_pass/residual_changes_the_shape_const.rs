//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const WIDTH: usize = 12;

network! {
    struct Net< 10 => residual(relu 32 => WIDTH; project: 12) => 2 >;
    struct OfConsts< 12 => residual(relu 32 => WIDTH) => 2 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
    assert!(!OfConsts::tensors().is_empty());
}
