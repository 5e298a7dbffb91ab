//! Slopes along the first axis of a sequence [length, features] are one for each step, which a stream does not know.
use static_net::layer::TimeFirst;
use static_net::prelude::*;

network! {
    struct Net< [20, 6] => prelu(20) >;
}

fn main() {
    let net = Net::zeros();
    net.stream::<TimeFirst, 6, 6>().push(&[0.0; 6]);
}
