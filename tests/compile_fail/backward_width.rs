//! Output gradients of another width than the output.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
}

fn main() {
    let (net, mut gradient) = (Net::zeros(), Net::zeros());
    let activations = net.activations(&SMatrix::<f32, 10, 4>::zeros());
    net.backward(&activations, &SMatrix::<f32, 3, 4>::zeros(), &mut gradient);
}
