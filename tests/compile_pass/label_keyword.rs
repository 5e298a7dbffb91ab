//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => r#type: relu 32 => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().r#type.weight.shape(), (32, 10));
}
