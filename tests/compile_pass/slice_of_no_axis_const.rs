//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const AXIS: usize = 1;

network! {
    struct Net< [6, 4] => slice(0, 2, axis: 1) => flatten => 10 >;
    struct Const< [6, 4] => slice(0, 2, axis: AXIS) => flatten => 10 >;
}

fn main() {
    assert_eq!(Net::zeros().stage3.weight.shape(), (10, 12));
    assert_eq!(Const::zeros().stage3.weight.shape(), (10, 12));
}
