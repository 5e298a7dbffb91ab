//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [2, 16] => conv(4, 3, padding: causal) => softmax(axis: 0) >;
    struct Fused< [2, 16] => softmax(axis: 0) conv(4, 3, padding: causal) >;
    struct Steps< [16, 2] => lstm(3) => softmax(axis: 1) 4 >;
    struct Lengths< [16, 2] => lstm(3) => normalize(axis: 1) >;
}

fn main() {
    let net = Net::zeros();
    let mut stream = net.stream();
    assert_eq!(stream.push(&[0.5; 2]).len(), 4);
    assert_eq!(Fused::zeros().stream().push(&[0.5; 2]).as_slice(), [0.25; 4]);
    assert_eq!(Steps::zeros().stream().push(&[0.5; 2]).as_slice(), [0.25; 4]);
    assert_eq!(Lengths::zeros().stream().push(&[0.5; 2]).as_slice(), [0.0; 3]);
}
