//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< const H: usize; 10 => relu H => 2 >;
}

fn main() {
    assert_eq!(Net::<1>::PARAMETERS, 11 + 4);
}
