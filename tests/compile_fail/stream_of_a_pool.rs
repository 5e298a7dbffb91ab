//! A pool makes one step of several.
use static_net::prelude::*;

network! {
    struct Net< [2, 16] => conv(4, 3, padding: causal) => max_pool(2) => conv(4, 1) >;
}

fn main() {
    let net = Net::zeros();
    let mut stream = net.stream();
    stream.push(&[0.5; 2]);
}
