//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Norm< const H: usize; 10 => H => layer_norm => 2 >;
    struct Chances< const H: usize; 10 => relu 32 => softmax H >;
}

fn main() {
    Norm::<2>::zeros();
    Chances::<2>::zeros();
}
