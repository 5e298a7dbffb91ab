//! A convolution that looks ahead needs steps that are not there yet.
use static_net::prelude::*;

network! {
    struct Net< [2, 16] => relu conv(4, 3, padding: same) => conv(4, 1) >;
}

fn main() {
    let net = Net::zeros();
    let mut stream = net.stream();
    stream.push(&[0.5; 2]);
}
