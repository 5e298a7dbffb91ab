//! Columns are joined along their channels, not along time.
use static_net::prelude::*;

network! {
    struct Net< [2, 16] => conv(2, 3, padding: causal) => concat(axis: 1; identity | relu) >;
}

fn main() {
    let net = Net::zeros();
    let mut stream = net.stream();
    stream.push(&[0.0; 2]);
}
