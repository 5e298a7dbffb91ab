//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [16, 8] => attention(heads: 4) => take_last => 2 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
