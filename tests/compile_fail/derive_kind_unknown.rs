//! A tensor is of one of three kinds.
use static_net::prelude::*;

#[derive(Parameters)]
#[repr(C)]
#[allow(dead_code)]
struct Gain {
    #[tensor(kind = frozen)]
    gain: SVector<f32, 4>,
}

fn main() {}
