//! Outputs of one name.
use static_net::prelude::*;

network! {
    struct Net< 8 => relu 16 => (value: 6 | tanh 4 => value: 1) >;
    struct References< 8 => a: relu 16 => (&a | 4 => b: 2 | &a) >;
    struct Whole< 8 => relu 16 => (policy: 6 | tanh 4 => output: 1) >;
}

fn main() {
    Net::zeros().state();
}
