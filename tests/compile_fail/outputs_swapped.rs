//! The gradients of two outputs, each in the place of the other.
use static_net::prelude::*;

network! {
    struct Net< 8 => relu 16 => (policy: 6 | value: 1) >;
}

fn main() {
    let net = Net::zeros();
    let activations = net.activations(&[0.0; 8]);
    let d_output = NetOutput { policy: activations.value, value: activations.policy };
    net.backward(&activations, &d_output, &mut Net::zeros());
}
