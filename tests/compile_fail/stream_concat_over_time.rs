//! Rows one behind the other are more steps.
use static_net::prelude::*;

network! {
    struct Net< [16, 2] => rms_norm => concat(identity | softmax) >;
}

fn main() {
    let net = Net::zeros();
    let mut stream = net.stream();
    stream.push(&[0.5; 2]);
}
