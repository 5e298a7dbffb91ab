//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
    struct Other< 10 => relu 16 => 2 >;
}

fn main() {
    let mut gradient = Other::zeros();
    let activations = Other::zeros().activations(&SMatrix::<f32, 10, 4>::zeros());
    Other::zeros().backward(&activations, &SMatrix::<f32, 2, 4>::zeros(), &mut gradient);
    assert_ne!(gradient.state().len(), Net::PARAMETERS);
}
