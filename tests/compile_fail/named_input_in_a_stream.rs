//! A stream through a network that is given two values.
use static_net::prelude::*;

network! {
    struct Block< (x: [3, 8], gate: [3, 8]) => product(&x | &gate) >;
    struct Net< [3, 8] => h: conv(3, 2, padding: causal) => Block(x: &h, gate: &input) >;
}

fn main() {
    Net::zeros().stream();
}
