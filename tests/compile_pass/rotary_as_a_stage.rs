//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [16, 64] => attention(4, rotary: true) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
