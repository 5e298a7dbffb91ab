//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => latent: relu 32 => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().latent.weight.shape(), (32, 10));
}
