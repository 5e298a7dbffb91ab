//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [4, 8, 8] => repeat(2; relu conv(4, 3) => flatten => 256 => reshape[4, 8, 8]) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
