//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [2, 16] => conv(2, 3, padding: causal) => concat(axis: 0; identity | relu) >;
}

fn main() {
    let net = Net::zeros();
    let mut stream = net.stream();
    assert_eq!(stream.push(&[0.0; 2]).len(), 4);
}
