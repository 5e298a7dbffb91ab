//! What is said about a tensor is one of five words.
use static_net::prelude::*;

#[derive(Parameters)]
#[repr(C)]
#[allow(dead_code)]
struct Gain {
    #[tensor(nmae = "weight")]
    gain: SVector<f32, 4>,
}

fn main() {}
