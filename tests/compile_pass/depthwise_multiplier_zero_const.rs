//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const MANY: usize = 4;

network! {
    struct Net< [2, 8, 8] => depthwise(3) => flatten => 10 >;
}

fn main() {
    assert_eq!(Net::zeros().stage1.bias.len(), 8);
}
