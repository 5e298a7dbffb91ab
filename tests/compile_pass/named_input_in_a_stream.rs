//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [3, 8] => h: conv(3, 2, padding: causal) => product(&h | &input) >;
}

fn main() {
    Net::zeros().stream();
}
