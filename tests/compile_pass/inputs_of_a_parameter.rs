//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Generic< const H: usize; (state: 17, action: 6) => concat(&state | &action) => relu H => 1 >;
    struct Net< 8 => 2 >;
}

fn main() {
    Net::zeros().state();
}
