//! What is normalised over all steps needs all of them.
use static_net::prelude::*;

network! {
    struct Net< [16, 2] => layer_norm(axes: 2) >;
}

fn main() {
    let net = Net::zeros();
    let mut stream = net.stream();
    stream.push(&[0.5; 2]);
}
