//! The same inside a composition.
use static_net::prelude::*;

network! {
    struct Net< [2, 16] => conv(4, 1) => residual(relu conv(4, 3, padding: same)) >;
}

fn main() {
    let net = Net::zeros();
    let mut stream = net.stream();
    stream.push(&[0.5; 2]);
}
