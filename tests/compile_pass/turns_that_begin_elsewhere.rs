//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Unlabelled< 8 => h: relu 8 => repeat(2; sum(identity | &h) => 8) => 2 >;
    struct Labelled< 8 => h: relu 8 => low: repeat(3; &h => z: tanh 8) => concat(&low[0].z | &low[1] | identity) >;
    struct OfAList< 8 => h: relu 8 => low: repeat(W in [6, 7]; concat(&h => W | &h) => 8) => sum(&low[..]) => 2 >;
    struct OfAParameter< const N: usize; 8 => h: relu 8 => low: repeat(N; concat(identity | &h) => 8) => 2 >;
    struct PassedOver< 8 => h: relu 8 => low: repeat(2; &h => 8) => sum(&low[..]) >;
    struct Once< 8 => h: relu 8 => repeat(1; &h => 8) => 2 >;
}

fn main() {
    Unlabelled::zeros().state();
    Labelled::zeros().state();
    OfAList::zeros().state();
    OfAParameter::<2>::zeros().state();
    PassedOver::zeros().state();
    Once::zeros().state();
}
