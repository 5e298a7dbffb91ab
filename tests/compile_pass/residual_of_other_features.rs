//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [8, 16] => residual(relu 64 => 16) => flatten => 2 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
