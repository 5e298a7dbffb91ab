//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
}

fn main() {
    let net = Net::zeros();
    let mut training = net.training();
    training.forward(&net, &SMatrix::<f32, 10, 4>::zeros());
    training.backward(&net, CrossEntropy, &[0; 4]);
}
