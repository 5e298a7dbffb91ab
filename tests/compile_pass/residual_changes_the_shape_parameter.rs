//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< const H: usize; 10 => residual(relu 32 => H; project: 12) => 2 >;
    struct OfConsts< const H: usize; 10 => H => residual(relu 32 => H) => 2 >;
}

fn main() {
    assert!(!Net::<12>::tensors().is_empty());
    assert!(!OfConsts::<12>::tensors().is_empty());
}
