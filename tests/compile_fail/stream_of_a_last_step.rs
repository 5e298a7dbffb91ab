//! A layer that gives its output after the last step alone has none for each step.
use static_net::prelude::*;

network! {
    struct Net< [16, 2] => gru(8) => lstm(4, last: true) >;
}

fn main() {
    let net = Net::zeros();
    let mut stream = net.stream();
    stream.push(&[0.5; 2]);
}
