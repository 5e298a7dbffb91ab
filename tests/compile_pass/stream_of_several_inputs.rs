//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Shorter< (x: [8, 4], past: [8, 4]) => &past => old: gru(6) => &x => gru(6) => (now: 3 | &old => before: 3) >;
    struct Places< (place: tokens(2, vocab: 5), x: [2, 4]) => &place => embedding(4) => sum(identity | &x) >;
    struct Padded< (word: tokens(8, vocab: 9), x: [8, 4]) => &word => embedding(4) => sum(identity | &x) >;
    struct Joined< (left: [8, 4], right: [8, 4]) => sum(&left | &right) => gru(6) >;
}

fn main() {
    Shorter::zeros().stream();
    Places::zeros().stream();
    Padded::zeros().stream();
    let joined = Joined::zeros();
    joined.stream().push(&JoinedInput { left: &[0.5; 4], right: &[0.5; 4] });
    joined.stream().push(&JoinedInput { left: [0.5; 4], right: SVector::from([0.5; 4]) });
}
