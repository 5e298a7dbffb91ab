//! A place of layers is no tensor.
use static_net::prelude::*;

network! { struct Encoder< 4 => latent: 3 >; }

#[derive(Parameters)]
#[repr(C)]
#[allow(dead_code)]
struct Branch {
    #[tensor(place, matrix)]
    gain: SMatrix<f32, 4, 1>,
    #[tensor(place)]
    encoder: Encoder,
}

fn main() {}
