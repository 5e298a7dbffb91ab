//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => relu 16 => (value: 6 | tanh 4 => value_layer: 1) >;
    struct References< 8 => a: relu 16 => (&a | 4 => b: 2) >;
    struct Whole< 8 => relu 16 => (policy: 6 | tanh 4 => output_layer: 1) >;
}

fn main() {
    Net::zeros().state();
}
