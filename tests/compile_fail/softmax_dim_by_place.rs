//! The axis of a softmax by its place, which may be meant as a width.
use static_net::prelude::*;

network! {
    struct Net< [2, 10] => Softmax(1) >;
    struct Own< [2, 10] => softmax(1) >;
}

fn main() {
    Net::zeros().state();
}
