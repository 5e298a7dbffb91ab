//! What the README shows, mended.
use static_net::prelude::*;

network! {
    pub struct Net< 10 => relu 32 => latent: relu 16 => [16] => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().forward(&[1.0; 10]), SVector::<f32, 2>::zeros());
}
