//! The gradient of each output, of a loss of each.
use static_net::prelude::*;

network! {
    struct Net< 8 => relu 16 => (policy: 6 | value: 1) >;
}

fn main() {
    let net = Net::zeros();
    let activations = net.activations(&[0.0; 8]);
    let (_, policy) = CrossEntropy.loss(&activations.policy, &[0]);
    let (_, value) = MeanSquaredError.loss(&activations.value, &SVector::<f32, 1>::zeros());
    net.backward(&activations, &NetOutput { policy, value }, &mut Net::zeros());
}
