//! The scalar type is `f32` or `f64`, not a parameter.
use static_net::prelude::*;

network! {
    struct Net< T; 10 => relu 32 => 2 >;
}

fn main() {
    Net::<f32>::zeros().forward(&[0.0; 10]);
}
