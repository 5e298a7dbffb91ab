//! Streams of networks with inputs that have no step of all, and a step of another width.
use static_net::prelude::*;

network! {
    struct Shorter< (x: [8, 4], past: [3, 4]) => &past => old: gru(6) => &x => gru(6) => (now: 3 | &old => before: 3) >;
    struct Places< (place: tokens(2, vocab: [5, 6]), x: [2, 4]) => &place => embedding(4) => sum(identity | &x) >;
    struct Padded< (word: tokens(8, vocab: 9, padding: 0), x: [8, 4]) => &word => embedding(4) => sum(identity | &x) >;
    struct Joined< (left: [8, 4], right: [8, 4]) => sum(&left | &right) => gru(6) >;
}

fn main() {
    Shorter::zeros().stream();
    Places::zeros().stream();
    Padded::zeros().stream();
    let joined = Joined::zeros();
    joined.stream().push(&JoinedInput { left: &[0.5; 4], right: &[0.5; 3] });
    joined.stream().push(&[0.5; 8]);
}
