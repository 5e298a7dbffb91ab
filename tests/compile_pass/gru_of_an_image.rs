//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv(8, 3, stride: 4) => reshape[8, 49] => transpose => gru(16, last: true) => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
