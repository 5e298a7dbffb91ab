//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [10, 4] => softmax(axis: 0) >;
    struct Batch< [10, 4] => softmax(axis: 0) conv(4, 1) >;
    struct Behind< [10, 4] => log_softmax(axis: 0) => softmax >;
}

fn main() {
    Net::zeros().state();
    Batch::zeros().state();
    Behind::zeros().state();
}
