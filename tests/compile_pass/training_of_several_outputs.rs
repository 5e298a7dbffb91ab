//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 4 => relu 8 => (policy: 3 | value: 1) >;
}

fn main() {
    let net = Net::zeros();
    let mut training = net.training();
    training.forward(&net, &[[0.5; 4]; 2]);
    let targets = NetOutput { policy: &[0, 1], value: &[[0.5]; 2] };
    training.backward(&net, NetOutput { policy: CrossEntropy, value: 0.5 * MeanSquaredError }, &targets);
}
