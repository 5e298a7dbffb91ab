//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [16, 64] => attention(8, kv_heads: 2, causal: true) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
