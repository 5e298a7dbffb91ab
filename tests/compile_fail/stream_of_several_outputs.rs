//! Streams of networks with outputs that have no step of all.
use static_net::prelude::*;

network! {
    struct Turned< [8, 4] => h: gru(6) => (scores: 3 | &h => transpose => values: conv(1, 3, padding: causal)) >;
    struct Last< [8, 4] => gru(6) => (scores: 3 | take_last => value: 1) >;
}

fn main() {
    let (turned, last) = (Turned::zeros(), Last::zeros());
    turned.stream();
    last.stream();
}
