//! The gradient of all outputs at once, as a loss of them together gives it.
use static_net::prelude::*;

network! {
    struct Net< 8 => relu 16 => (policy: 6 | value: 1) >;
}

fn main() {
    let net = Net::zeros();
    let activations = net.activations(&[0.0; 8]);
    let (_, d_output) = CrossEntropy.loss(&activations.output, &[0]);
    net.backward(&activations, &d_output, &mut Net::zeros());
}
