//! A function that describes a tensor says its shape.
use static_net::prelude::*;

fn table(tensors: &mut static_net::Tensors, name: &str) {
    tensors.tensor(name, &[3, 4], &[4, 1], static_net::Kind::Trained);
}

#[derive(Parameters)]
#[repr(C)]
#[allow(dead_code)]
struct Gain {
    #[tensor(matrix, describe = table)]
    gain: SMatrix<f32, 4, 3>,
}

fn main() {}
