//! What is no axis.
use static_net::prelude::*;

network! {
    struct Behind< [2, 8, 8] => softmax(axis: -1) >;
    struct Second< [2, 8, 8] => softmax(axis: -2) >;
    struct Word< [2, 8, 8] => softmax(axis: channels) >;
    struct Half< [2, 8, 8] => softmax(axis: 0.5) >;
    struct Twice< [2, 8, 8] => softmax(axis: 0, axis: 1) >;
    struct Other< [2, 8, 8] => softmax(along: 1) >;
    struct Parameter< const H: usize; 4 => softmax(axis: H) 3 >;
}

fn main() {
    Behind::zeros().state();
}
