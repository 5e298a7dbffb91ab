//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

#[derive(Parameters)]
#[repr(C)]
#[allow(dead_code)]
struct Gain {
    gain: SVector<f32, 4>,
}

network! {
    struct Net< 4 => 2 >;
}

fn main() {
    assert_eq!(<Gain as Parameters<f32>>::PARAMETERS, 4);
}
