//! An axis that is not there, and the axes of PyTorch, which count the batch.
use static_net::prelude::*;

const AXIS: usize = 3;

network! {
    struct Image< [3, 8, 8] => normalize(axis: 3, eps: 0.5) >;
    struct Named< [3, 8, 8] => relu normalize(axis: AXIS) >;
    struct Vector< const H: usize; 4 => H => normalize(axis: 1) >;
    struct Torch< [3, 8, 8] => normalize(p: 2, dim: 1) >;
    struct ByPlace< [3, 8, 8] => normalize(1) >;
    struct Behind< [3, 8, 8] => normalize(axis: -2) >;
    struct Absolute< [3, 8, 8] => normalize(p: 1) >;
}

fn main() {
    Image::zeros().state();
}
