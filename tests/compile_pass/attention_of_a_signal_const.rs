//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const CHANNELS: usize = 4;

network! {
    struct Net< [CHANNELS, 100] => relu conv(8, 5, stride: 5) => transpose => attention(2) => mean_over_time => 12 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
