//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

#[derive(Parameters)]
#[repr(C)]
struct Gain {
    gain: SVector<f32, 4>,
}

fn main() {
    assert_eq!(size_of_val(&Gain { gain: SVector::zeros() }.gain), 16);
}
