//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Ahead< (x: [3, 8], gate: [3, 8]) => product(&x | &gate) => conv(3, 3, padding: causal) >;
    struct Net< [3, 8] => h: conv(3, 2, padding: causal) => Ahead(x: &h, gate: &input) >;
    struct Rows< (x: [8, 8], gate: [8, 8]) => product(&x | &gate) >;
    struct Turned< [8, 8] => h: gru(8) => transpose => conv(8, 3, padding: causal) => t: transpose => Rows(x: &t, gate: &h) >;
}

fn main() {
    Net::zeros().stream().push(&[0.5; 3]);
    Turned::zeros().stream().push(&[0.5; 8]);
}
