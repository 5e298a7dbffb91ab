//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [2, 3, 4] => concat(relu => flatten | flatten) => 2 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
