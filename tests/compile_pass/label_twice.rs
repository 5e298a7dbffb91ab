//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => latent: relu 32 => latent_layer: relu 16 => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().latent_layer.weight.shape(), (16, 32));
}
