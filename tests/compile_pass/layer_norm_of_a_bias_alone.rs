//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const WIDTH: usize = 9;

network! {
    struct Net< [4, 9] => layer_norm(elementwise_affine: false) => 3 >;
    struct Const< [4, WIDTH] => tanh layer_norm(elementwise_affine: false) => 3 >;
    struct All< const H: usize; H => layer_norm(bias: false) => batch_norm(affine: false)
        => rms_norm(elementwise_affine: false) >;
}

fn main() {
    assert_eq!(Net::PARAMETERS, 9 * 3 + 3);
    assert_eq!(Const::PARAMETERS, 9 * 3 + 3);
    assert_eq!(All::<5>::tensors().len(), 3);
}
