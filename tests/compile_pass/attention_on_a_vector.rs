//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 64 => reshape[8, 8] => attention(4) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
