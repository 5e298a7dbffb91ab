//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => upsample(2, mode: bilinear, align_corners: true) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
