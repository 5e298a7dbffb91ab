//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const TWO: usize = 2;

network! {
    struct Dense< 10 => chance: softmax TWO >;
    struct Sequence< [5, 4] => log_softmax dense(TWO, bias: false) >;
    struct Encoder< 10 => relu 4 => 1 >;
    struct Nested< 10 => sigmoid Encoder >;
}

fn main() {
    assert_eq!(Dense::PARAMETERS, 10 * 2 + 2);
    assert_eq!(Sequence::PARAMETERS, 4 * 2);
    assert_eq!(Nested::zeros().forward(&[0.0; 10])[0], 0.5);
}
