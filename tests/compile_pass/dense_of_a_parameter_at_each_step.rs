//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const HIDDEN: usize = 16;

network! {
    struct Net< [9, 3] => relu HIDDEN => 2 >;
    struct Flat< const H: usize; [9, 3] => flatten => relu H => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().forward(&[1.0; 27]).len(), 18);
    assert_eq!(Flat::<16>::zeros().forward(&[1.0; 27]).len(), 2);
}
