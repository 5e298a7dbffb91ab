//! A stream of a network with a stage of two values.
use static_net::prelude::*;

network! {
    struct Net< [5, 8] => a: 4 => b: 4 => dot(&a, &b) => 3 >;
}

fn main() {
    let net = Net::zeros();
    net.stream();
}
