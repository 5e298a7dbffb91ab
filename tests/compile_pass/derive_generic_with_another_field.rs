//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

#[derive(Parameters)]
#[repr(C)]
#[allow(dead_code)]
struct Gain<T: static_net::Float, L> {
    inner: L,
    gain: SVector<T, 4>,
}

fn main() {}
