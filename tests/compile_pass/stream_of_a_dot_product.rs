//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [5, 8] => a: 4 => b: 4 => sum(&a | &b) => 3 >;
}

fn main() {
    let net = Net::zeros();
    net.stream();
}
