//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< (state: 17, action: 6) => concat(&state | &action) => 1 >;
    struct Equal< (state: 17, action: 6) => concat(&state | &action) => 1 >;
    struct First< (state: 17, action: 6) => concat(&state | &action) => 1 >;
}

fn main() {
    Net::zeros().state();
}
