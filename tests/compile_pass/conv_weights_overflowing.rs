//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [32, 32, 32] => conv(16, 3) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
