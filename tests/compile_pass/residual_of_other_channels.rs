//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [4, 8, 8] => residual(conv(8, 3, padding: same); project: conv(8, 1)) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
