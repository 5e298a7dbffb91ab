//! Turns that all begin with the same value, and of which only the last is read.
use static_net::prelude::*;

network! {
    struct Unlabelled< 8 => h: relu 8 => repeat(2; &h => 8) => 2 >;
    struct Labelled< 8 => h: relu 8 => low: repeat(3; &h => z: tanh 8) => concat(&low[0].z | identity) >;
    struct OfAList< 8 => h: relu 8 => repeat(W in [6, 7]; concat(&h => W | &h) => 8) => 2 >;
    struct OfAParameter< const N: usize; 8 => h: relu 8 => low: repeat(N; &h => 8) => 2 >;
    struct PassedOver< 8 => h: relu 8 => dead: tanh 8 => low: repeat(2; &h => 8) => sum(&low[..]) >;
}

fn main() {
    Unlabelled::zeros().state();
    Labelled::zeros().state();
    OfAList::zeros().state();
    OfAParameter::<2>::zeros().state();
    PassedOver::zeros().state();
}
