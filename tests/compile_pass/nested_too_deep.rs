//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Inner< 8 => residual(residual(8)) >;
    struct Net< 8 => residual(residual(Inner)) >;
}

const WIDTH: usize = 1 + 250;

network! {
    struct Long< 8 => WIDTH >;
}

network! {
    struct Keyword< const TYPE: usize; 8 => TYPE => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().forward(&[1.0; 8]).as_slice(), [4.0; 8]);
    assert_eq!(Long::zeros().forward(&[1.0; 8]).len(), WIDTH);
    assert_eq!(Keyword::<4>::zeros().forward(&[1.0; 8]).len(), 2);
}
