//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [16, 2] => gru(8) => slice(4, 8, axis: 1) >;
}

fn main() {
    let net = Net::zeros();
    let mut stream = net.stream();
    assert_eq!(stream.push(&[0.5; 2]).len(), 4);
}
