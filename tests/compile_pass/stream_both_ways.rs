//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [16, 2] => lstm(8) => 3 >;
    struct Attends< [16, 4] => layer_norm => residual(layer_norm => attention(2, causal: true)) >;
}

fn main() {
    let net = Net::zeros();
    let mut stream = net.stream();
    assert_eq!(stream.push(&[0.5; 2]).len(), 3);
    Attends::zeros().stream().push(&[0.5; 4]);
}
