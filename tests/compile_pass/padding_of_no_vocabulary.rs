//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const WORDS: usize = 20;

network! {
    struct Net<
        (words: tokens(8, vocab: 20, padding: 0))
        => &words => embedding(4) => mean_over_time(mask: &words) => 2
    >;
    struct Consts<
        (words: tokens(8, vocab: WORDS, padding: { WORDS - 1 }))
        => &words => embedding(4) => mean_over_time(mask: &words) => 2
    >;
}

fn main() {
    Net::zeros().state();
    Consts::zeros().state();
}
