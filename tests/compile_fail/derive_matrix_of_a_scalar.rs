//! Only an `SMatrix` is a matrix.
use static_net::prelude::*;

#[derive(Parameters)]
#[repr(C)]
#[allow(dead_code)]
struct Gain {
    #[tensor(matrix)]
    gain: [f32; 4],
}

fn main() {}
