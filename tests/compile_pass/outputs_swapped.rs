//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => relu 16 => (policy: 6 | value: 1) >;
}

fn main() {
    let net = Net::zeros();
    let activations = net.activations(&[0.0; 8]);
    let d_output = NetOutput { policy: activations.policy, value: activations.value };
    net.backward(&activations, &d_output, &mut Net::zeros());
}
