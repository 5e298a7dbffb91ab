//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [2, 16] => conv(4, 1) => residual(relu conv(4, 3, padding: causal)) >;
}

fn main() {
    let net = Net::zeros();
    let mut stream = net.stream();
    assert_eq!(stream.push(&[0.5; 2]).len(), 4);
}
