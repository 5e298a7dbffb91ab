//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const MANY: usize = 4;

network! {
    struct Net< [2, 8, 8] => depthwise(3) => flatten => 10 >;
    struct OfConsts< [2, 8, 8] => depthwise(3, multiplier: MANY) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
    assert_eq!(OfConsts::zeros().stage1.bias.len(), 8);
}
