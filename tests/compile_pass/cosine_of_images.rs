//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [1, 4, 4] => conv(2, 1) => a: flatten => cosine(&a, &a) => 2 >;
}

fn main() {
    Net::zeros().state();
}
