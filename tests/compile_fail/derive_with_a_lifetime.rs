//! Parameters are values and borrow nothing.
use static_net::prelude::*;

#[derive(Parameters)]
#[repr(C)]
#[allow(dead_code)]
struct Gain<'a> {
    gain: &'a SVector<f32, 4>,
}

fn main() {}
