//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
    struct Other< 10 => relu 16 => 2 >;
}

fn main() {
    let (mut net, gradient) = (Net::zeros(), Net::zeros());
    let mut adam = Adam::new(&net);
    adam.step(&mut net, &gradient);
    assert_eq!((net, Other::zeros().forward(&[0.0; 10]).len()), (Net::zeros(), 2));
}
