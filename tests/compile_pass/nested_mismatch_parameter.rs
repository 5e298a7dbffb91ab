//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Encoder< 16 => relu 8 >;
    struct Net< const H: usize; 10 => relu H => Encoder => 2 >;
    struct Mended< const H: usize; 10 => relu H => 16 => Encoder => 2 >;
}

fn main() {
    assert_eq!(Net::<16>::PARAMETERS, 176 + 136 + 18);
    assert_eq!(Mended::<32>::PARAMETERS, 352 + 528 + 136 + 18);
}
