//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Layer< [16, 1] => layer_norm(axes: 2) => flatten => 4 >;
    struct Group< 16 => relu group_norm(8) => 4 >;
    struct Vector< 10 => 1 >;
    struct Rms< [16, 1] => rms_norm >;
}

fn main() {
    assert_eq!(Layer::PARAMETERS, 2 * 16 + 16 * 4 + 4);
    // Of one value the sign is left.
    assert!(Rms::new(&mut StdRng::seed_from_u64(1)).forward(&[-2.0; 16])[0] < -0.99);
}
