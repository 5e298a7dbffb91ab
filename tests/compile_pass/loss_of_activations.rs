//! A loss takes the output among the activations.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
}

fn main() {
    let net = Net::zeros();
    let activations = net.activations(&[0.5; 10]);
    let (_, _) = CrossEntropy.loss(&activations.output, &[1]);
}
