//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => conv(16, 3) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
