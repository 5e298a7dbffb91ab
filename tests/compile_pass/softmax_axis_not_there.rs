//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const AXIS: usize = 1;
const LENGTH: usize = 7;

network! {
    struct Image< [2, 8, 8] => soft: softmax(axis: 2) conv(4, 3) => relu >;
    struct Vector< 10 => relu 5 => log_softmax(axis: 0) 4 >;
    struct Steps< [10, 4] => softmax(axis: 1) residual(relu 4) >;
    struct Named< [10, 4] => softmax(axis: 1) >;
    struct Const< [10, 4] => softmax(axis: AXIS) >;
    struct OfLength< [LENGTH, 4] => softmax(axis: 1) 3 >;
    struct Inner< 4 => 3 >;
    struct Outer< 4 => softmax(axis: 0) Inner >;
    struct OfAny< const H: usize; 4 => softmax(axis: { AXIS - 1 }) H >;
}

fn main() {
    Image::zeros().state();
    Vector::zeros().state();
    Steps::zeros().state();
    Named::zeros().state();
    Const::zeros().state();
    OfLength::zeros().state();
    Outer::zeros().state();
    OfAny::<5>::zeros().state();
}
