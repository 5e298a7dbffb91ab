//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [2, 10] => softmax(axis: 0) >;
    struct Own< [2, 10] => softmax(axis: 0) >;
}

fn main() {
    Net::zeros().state();
    Own::zeros().state();
}
