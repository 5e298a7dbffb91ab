//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Encoder< const H: usize; 10 => latent: relu H => 3 >;
    struct Net< 3 => 10 => Encoder<5> => relu 10 => Encoder<6> >;
}

fn main() {
    assert_eq!(Encoder::<5>::zeros().activations(&[0.0; 10]).latent.len(), 5);
    assert_eq!(Net::zeros().stage4.latent.bias.len(), 6);
}
