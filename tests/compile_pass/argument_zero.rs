//! The default of an argument that the formula divides by.
use static_net::prelude::*;

network! {
    struct Net< 10 => softplus(1.0) 32 => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().activations(&[1.0; 10]).stage1[0], 2f32.ln());
}
