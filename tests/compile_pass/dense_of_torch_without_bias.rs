//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 784 => relu dense(256, bias: false) => tanh dense(64, bias: false) => dense(10, bias: false) >;
}

fn main() {
    assert_eq!(Net::PARAMETERS, 784 * 256 + 256 * 64 + 64 * 10);
}
