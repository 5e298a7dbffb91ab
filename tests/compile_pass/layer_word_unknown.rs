//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => dense(32) => relu => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().stage1.weight.shape(), (32, 10));
}
