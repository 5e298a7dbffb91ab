//! One loss of a network with several outputs.
use static_net::prelude::*;

network! {
    struct Net< 4 => relu 8 => (policy: 3 | value: 1) >;
}

fn main() {
    let net = Net::zeros();
    let mut training = net.training();
    training.forward(&net, &[[0.5; 4]; 2]);
    training.backward(&net, CrossEntropy, &[0, 1]);
}
