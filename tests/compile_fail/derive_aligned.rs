//! Parameters lie one behind the other, without the padding that an alignment brings.
use static_net::prelude::*;

#[derive(Parameters)]
#[repr(C, align(64))]
struct Gain {
    gain: SVector<f32, 4>,
}

fn main() {
    Gain { gain: SVector::zeros() };
}
