//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [16, 12] => attention(3, rotary: true) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
