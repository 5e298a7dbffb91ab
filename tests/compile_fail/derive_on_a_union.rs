//! Only a struct can be parameters.
use static_net::prelude::*;

#[derive(Parameters)]
#[repr(C)]
#[allow(dead_code)]
union Gain {
    gain: f32,
    bias: f32,
}

fn main() {}
