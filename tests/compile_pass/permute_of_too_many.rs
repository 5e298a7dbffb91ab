//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => permute[1, 0, 2] => flatten => 3 >;
}

fn main() {
    assert_eq!(Net::zeros().stage3.weight.shape(), (3, 64));
}
