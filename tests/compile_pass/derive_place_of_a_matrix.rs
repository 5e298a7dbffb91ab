//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! { struct Encoder< 4 => latent: 3 >; }

#[derive(Parameters)]
#[repr(C)]
#[allow(dead_code)]
struct Branch {
    #[tensor(matrix)]
    gain: SMatrix<f32, 4, 1>,
    #[tensor(place)]
    encoder: Encoder,
}

fn main() {
    let names: Vec<_> = static_net::Tensors::of::<f32, Branch>().into_iter().map(|tensor| tensor.name).collect();
    assert_eq!(names[..2], ["gain", "encoder.latent.weight"]);
}
