//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [4, 2, 2] => conv_transpose(2, 3, padding: 1) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
