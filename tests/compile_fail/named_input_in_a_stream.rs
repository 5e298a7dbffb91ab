//! Streams through networks that are given two values: one looks ahead, and one reads a value with time along another axis.
use static_net::prelude::*;

network! {
    struct Ahead< (x: [3, 8], gate: [3, 8]) => product(&x | &gate) => conv(3, 3, padding: same) >;
    struct Net< [3, 8] => h: conv(3, 2, padding: causal) => Ahead(x: &h, gate: &input) >;
    struct Rows< (x: [8, 8], gate: [8, 8]) => product(&x | &gate) >;
    struct Turned< [8, 8] => h: gru(8) => transpose => t: conv(8, 3, padding: causal) => Rows(x: &t, gate: &h) >;
}

fn main() {
    Net::zeros().stream();
    Turned::zeros().stream();
}
