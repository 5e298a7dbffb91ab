//! Beside its type parameters too, a layer has parameters and nothing else.
use static_net::prelude::*;

#[derive(Parameters)]
#[repr(C)]
#[allow(dead_code)]
struct Gain<T: static_net::Float, L> {
    inner: L,
    gain: Vec<T>,
}

fn main() {}
