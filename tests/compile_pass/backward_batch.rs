//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
}

fn main() {
    let (net, mut gradient) = (Net::zeros(), Net::zeros());
    let activations = net.activations(&SMatrix::<f32, 10, 4>::zeros());
    let d_input = net.backward_to_input(&activations, &SMatrix::<f32, 2, 4>::zeros(), &mut gradient);
    assert_eq!(d_input, SMatrix::<f32, 10, 4>::zeros());
}
