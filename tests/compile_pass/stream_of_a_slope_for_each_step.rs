//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::layer::TimeFirst;
use static_net::prelude::*;

network! {
    struct Net< [20, 6] => prelu >;
}

fn main() {
    let net = Net::zeros();
    net.stream::<TimeFirst, 6, 6>().push(&[0.0; 6]);
}
