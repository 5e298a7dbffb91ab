//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const CHANNELS: usize = 8;

network! {
    struct Net< [4, 8, 8] => residual(conv(CHANNELS, 3, padding: same); project: conv(8, 1)) => flatten => 10 >;
    struct OfConsts< [4, 8, 8] => residual(conv(CHANNELS, 3, padding: same); project: conv(CHANNELS, 1)) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
    assert!(!OfConsts::tensors().is_empty());
}
