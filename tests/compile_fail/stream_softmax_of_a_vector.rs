//! A vector is no sequence of single numbers: a softmax goes over all of them.
use static_net::layer::TimeFirst;
use static_net::prelude::*;

network! {
    struct Soft< 4 => softmax >;
    struct Nested< 4 => relu => residual(log_softmax) >;
}

fn main() {
    Soft::zeros().stream::<TimeFirst, _, _>();
    Nested::zeros().stream::<TimeFirst, _, _>();
}
