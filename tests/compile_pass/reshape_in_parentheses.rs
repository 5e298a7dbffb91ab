//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => reshape[2, 4] => flatten => 3 >;
}

fn main() {
    assert_eq!(Net::zeros().stage3.weight.shape(), (3, 8));
}
