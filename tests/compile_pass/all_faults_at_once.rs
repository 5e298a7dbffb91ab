//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< f32; 10 => relu 32 => r#type: relu 1 => 16 => 3 >;
}

fn main() {
    assert_eq!(Net::zeros().forward(&[0.0; 10]).len(), 3);
}
