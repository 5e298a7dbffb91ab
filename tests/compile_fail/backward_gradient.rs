//! A gradient is of the network's own type.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
    struct Other< 10 => relu 16 => 2 >;
}

fn main() {
    let (net, mut gradient) = (Net::zeros(), Other::zeros());
    let activations = net.activations(&SMatrix::<f32, 10, 4>::zeros());
    net.backward(&activations, &SMatrix::<f32, 2, 4>::zeros(), &mut gradient);
}
