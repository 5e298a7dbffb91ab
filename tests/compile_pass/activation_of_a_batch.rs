//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().activations(&[[0.0_f32; 10]; 4][..]).output.ncols(), 4);
}
