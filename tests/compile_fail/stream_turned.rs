//! Time along two axes: a convolution has it last, a normalisation over features first.
use static_net::prelude::*;

network! {
    struct Net< [2, 16] => conv(4, 3, padding: causal) => layer_norm >;
}

fn main() {
    let net = Net::zeros();
    let mut stream = net.stream();
    stream.push(&[0.5; 2]);
}
