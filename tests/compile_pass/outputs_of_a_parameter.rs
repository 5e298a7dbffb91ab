//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Generic< const H: usize; 8 => relu H => (policy: 6 | value: 1) >;
    struct Net< 8 => 2 >;
}

fn main() {
    Net::zeros().state();
}
