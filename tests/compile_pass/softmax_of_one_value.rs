//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Dense< 10 => relu 32 => sigmoid 1 >;
    struct Alone< [4, 2] => log_softmax => flatten => 2 >;
    struct Layer< [3, 8, 8] => softmax conv(4, [1, 7]) => flatten => 2 >;
    struct Inside< 10 => concat(softmax 2 | relu 3) >;
}

fn main() {
    assert_eq!(Dense::zeros().forward(&[0.0; 10])[0], 0.5);
}
