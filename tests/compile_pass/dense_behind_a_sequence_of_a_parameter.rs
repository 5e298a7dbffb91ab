//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Encoder< [8, 4] => 3 >;
    struct Net< const H: usize; 5 => relu H => 32 => reshape[8, 4] => Encoder => [8, 3] => 2 >;
}

fn main() {
    assert_eq!(Net::<16>::zeros().forward(&[1.0; 5]).len(), 16);
}
