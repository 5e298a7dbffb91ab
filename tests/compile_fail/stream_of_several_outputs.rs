//! Streams of networks with several inputs, or with outputs that have no step of all.
use static_net::prelude::*;

network! {
    struct Turned< [8, 4] => h: gru(6) => (scores: 3 | &h => transpose => values: conv(1, 3, padding: causal)) >;
    struct Last< [8, 4] => gru(6) => (scores: 3 | take_last => value: 1) >;
    struct Joined< (left: [8, 4], right: [8, 4]) => sum(&left | &right) => gru(6) >;
}

fn main() {
    let (turned, last, joined) = (Turned::zeros(), Last::zeros(), Joined::zeros());
    turned.stream();
    last.stream();
    joined.stream();
}
