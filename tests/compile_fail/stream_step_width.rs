//! A step of another width.
use static_net::prelude::*;

network! {
    struct Net< [2, 16] => conv(4, 3, padding: causal) >;
}

fn main() {
    let net = Net::zeros();
    let mut stream = net.stream();
    stream.push(&[0.5; 16]);
}
