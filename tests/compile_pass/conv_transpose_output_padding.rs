//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [4, 7, 7] => conv_transpose(2, 3, stride: 2, output_padding: 1) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
