//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< (state: 17, action: 6) => concat(&state | &action) => 1 >;
    struct Sizeless< (state: 17, action: 16) => concat(&state | &action) => 1 >;
    struct Twice< (state: 17, state_layer: 6) => concat(&state | &state_layer) => 1 >;
}

fn main() {
    Net::zeros().state();
}
