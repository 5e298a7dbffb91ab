//! An axis that a sample does not have, known to the macro and to rustc.
use static_net::prelude::*;

const AXIS: usize = 2;
const LENGTH: usize = 7;

network! {
    struct Image< [2, 8, 8] => soft: softmax(axis: 3) conv(4, 3) => relu >;
    struct Vector< 10 => relu 5 => log_softmax(axis: 1) 4 >;
    struct Steps< [10, 4] => softmax(axis: 2) residual(relu 4) >;
    struct Named< [10, 4] => softmax(axis: AXIS) >;
    struct OfLength< [LENGTH, 4] => softmax(axis: 2) 3 >;
    struct Inner< 4 => 3 >;
    struct Outer< 4 => softmax(axis: 1) Inner >;
}

fn main() {
    Image::zeros().state();
}
