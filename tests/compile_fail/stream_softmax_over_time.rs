//! A softmax along time, which is the last axis here, and the first there.
use static_net::prelude::*;

network! {
    struct Net< [2, 16] => conv(4, 3, padding: causal) => softmax >;
    struct Fused< [2, 16] => softmax(axis: 1) conv(4, 3, padding: causal) >;
    struct Steps< [16, 2] => lstm(3) => softmax(axis: 0) 4 >;
    struct Lengths< [16, 2] => lstm(3) => normalize(axis: 0) >;
}

fn main() {
    let net = Net::zeros();
    let mut stream = net.stream();
    stream.push(&[0.5; 2]);
    Fused::zeros().stream();
    Steps::zeros().stream();
    Lengths::zeros().stream();
}
