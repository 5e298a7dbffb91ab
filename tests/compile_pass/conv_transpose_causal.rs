//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [2, 100] => conv_transpose(8, 3, padding: 0) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
