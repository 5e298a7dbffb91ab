//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

#[derive(Parameters)]
#[repr(C)]
#[allow(dead_code)]
struct Gain {
    gain: f32,
    bias: f32,
}

fn main() {}
