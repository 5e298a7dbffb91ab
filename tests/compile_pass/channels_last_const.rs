//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const SIDE: usize = 28;

network! {
    struct Net< [SIDE, SIDE, 1] => permute[2, 0, 1] => relu conv(16, 3) => flatten => 10 >;
}

fn main() {
    assert_eq!(Net::zeros().stage2.bias.len(), 16);
}
