//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const GROUPS: usize = 3;

network! {
    struct Net< [16, 64] => attention(8, kv_heads: 2) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
