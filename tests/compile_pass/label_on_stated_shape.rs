//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => hidden: relu 32 => [32] => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().stage2.weight.shape(), (2, 32));
}
