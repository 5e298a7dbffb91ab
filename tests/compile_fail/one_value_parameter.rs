//! What goes over one value is found where a network is created whose const parameter is 1.
use static_net::prelude::*;

network! {
    struct Norm< const H: usize; 10 => H => layer_norm => 2 >;
    struct Chances< const H: usize; 10 => relu 32 => softmax H >;
}

fn main() {
    Norm::<1>::zeros();
    Chances::<1>::zeros();
}
