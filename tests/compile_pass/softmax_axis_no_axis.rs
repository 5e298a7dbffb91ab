//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Behind< [2, 8, 8] => softmax >;
    struct Second< [2, 8, 8] => softmax(axis: 1) >;
    struct Word< [2, 8, 8] => softmax(axis: 0) >;
    struct Half< [2, 8, 8] => softmax(axis: 0) >;
    struct Twice< [2, 8, 8] => softmax(axis: 0) >;
    struct Other< [2, 8, 8] => softmax(axis: 1) >;
    struct Parameter< const H: usize; 4 => softmax(axis: 0) H >;
}

fn main() {
    Behind::zeros().state();
    Second::zeros().state();
    Word::zeros().state();
    Half::zeros().state();
    Twice::zeros().state();
    Other::zeros().state();
    Parameter::<3>::zeros().state();
}
