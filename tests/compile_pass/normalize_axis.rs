//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const AXIS: usize = 2;

network! {
    struct Image< [3, 8, 8] => normalize(axis: 2, eps: 0.5) >;
    struct Named< [3, 8, 8] => relu normalize(axis: 2) >;
    struct Const< [3, 8, 8] => relu normalize(axis: AXIS) >;
    struct Vector< const H: usize; 4 => H => normalize(axis: 0) >;
    struct Torch< [3, 8, 8] => normalize(axis: 0) >;
    struct ByPlace< [3, 8, 8] => normalize(axis: 0) >;
    struct Behind< [3, 8, 8] => normalize(axis: 1) >;
    struct Absolute< [3, 8, 8] => normalize >;
}

fn main() {
    Image::zeros().state();
    Named::zeros().state();
    Const::zeros().state();
    Vector::<5>::zeros().state();
    Torch::zeros().state();
    ByPlace::zeros().state();
    Behind::zeros().state();
    Absolute::zeros().state();
}
