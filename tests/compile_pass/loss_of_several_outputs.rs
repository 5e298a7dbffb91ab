//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => relu 16 => (policy: 6 | value: 1) >;
}

fn main() {
    let net = Net::zeros();
    let output = net.forward(&SVector::<f32, 8>::zeros());
    CrossEntropy.loss(&output.policy, &[5]);
}
