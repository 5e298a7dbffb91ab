//! Outputs that nothing gives a name.
use static_net::prelude::*;

network! {
    struct Net< 8 => relu 16 => (policy: 6 | tanh 4 => 1) >;
    struct Stated< 8 => relu 16 => (policy: 6 | 1 => [1]) >;
}

fn main() {
    Net::zeros().state();
}
