//! `activations` and `forward` take the same.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
}

fn main() {
    Net::zeros().activations(&[[0.0_f32; 9]; 4][..]);
}
