//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => concat(relu 16 | tanh 4) => 2 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
