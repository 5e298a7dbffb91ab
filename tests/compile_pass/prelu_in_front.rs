//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => 32 => prelu => 2 >;
    struct Images< [3, 28, 28] => conv(16, 3) => prelu(16) => flatten => 10 >;
}

fn main() {
    assert_eq!(Net::zeros().stage2.weight.len(), 1);
    assert_eq!(Images::zeros().stage2.weight.len(), 16);
}
