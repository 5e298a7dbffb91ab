//! A token for padding that the vocabulary has not: nothing would be hidden.
use static_net::prelude::*;

const WORDS: usize = 20;

network! {
    struct Net<
        (words: tokens(8, vocab: 20, padding: 20))
        => &words => embedding(4) => mean_over_time(mask: &words) => 2
    >;
    struct Consts<
        (words: tokens(8, vocab: WORDS, padding: WORDS))
        => &words => embedding(4) => mean_over_time(mask: &words) => 2
    >;
}

fn main() {
    Net::zeros().state();
    Consts::zeros().state();
}
