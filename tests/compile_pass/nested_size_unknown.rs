//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Encoder< const H: usize; 10 => relu H >;
    struct Net< const H: usize; 10 => Encoder<H> => [16] => 2 >;
}

fn main() {
    assert_eq!(Net::<16>::PARAMETERS, 176 + 34);
}
