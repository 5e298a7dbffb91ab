//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 12 => reshape[1, 12] => depthwise(3) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
