//! Steps that a slice leaves out give nothing.
use static_net::prelude::*;

network! {
    struct Net< [16, 2] => gru(8) => slice(4, 16) >;
}

fn main() {
    let net = Net::zeros();
    let mut stream = net.stream();
    stream.push(&[0.5; 2]);
}
