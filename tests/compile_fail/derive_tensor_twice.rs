//! Each word stands once before a field.
use static_net::prelude::*;

#[derive(Parameters)]
#[repr(C)]
#[allow(dead_code)]
struct Gain {
    #[tensor(name = "weight", name = "gain")]
    gain: SVector<f32, 4>,
}

fn main() {}
