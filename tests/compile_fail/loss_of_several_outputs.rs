//! A loss of all outputs at once.
use static_net::prelude::*;

network! {
    struct Net< 8 => relu 16 => (policy: 6 | value: 1) >;
}

fn main() {
    let net = Net::zeros();
    let output = net.forward(&SVector::<f32, 8>::zeros());
    CrossEntropy.loss(&output, &[6]);
}
