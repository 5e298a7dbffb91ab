//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Turned< [8, 4] => h: gru(6) => (scores: 3 | &h => transpose => conv(1, 3, padding: causal) => values: transpose) >;
    struct Last< [8, 4] => gru(6) => (scores: 3 | value: 1) >;
}

fn main() {
    let (turned, last) = (Turned::zeros(), Last::zeros());
    let TurnedOutput { scores, values } = turned.stream().push(&[0.5; 4]);
    assert_eq!((scores.len(), values.len()), (3, 1));
    last.stream();
}
