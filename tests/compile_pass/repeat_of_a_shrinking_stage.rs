//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [4, 8, 8] => repeat(2; relu conv(4, 3, padding: same)) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
