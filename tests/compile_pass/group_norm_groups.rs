//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [6, 8, 8] => group_norm(3) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
